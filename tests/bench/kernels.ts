/**
 * GFLOP/s of the convolution kernels on every layer of VGG11 in Node (package `webgpu`), per variant:
 * `npx tsx tests/bench/kernels.ts [width] [batch] [pattern]`. Wall-clock medians, beside them processor time, which other
 * work on the machine disturbs less (two cores' worth counted as wall-clock), and the time of the first launch.
 */
import { cpus } from "node:os";
import { acquireDevice } from "../../src/backends/webgpu/device.ts";
import type { Lowering } from "../../src/backends/webgpu/kernel.ts";
import { candidates } from "../../src/backends/webgpu/kernels/candidates.ts";
import {
  type KernelProblem,
  problemFlops,
  problemKey,
  problemSizes,
} from "../../src/backends/webgpu/kernels/problem.ts";
import { prepare } from "../backends/webgpu/kernels/launch.ts";
import { families, vgg11Layers, vgg11Problem } from "../backends/webgpu/kernels/problems.ts";
import { noisyOperands } from "../backends/webgpu/kernels/twins.ts";
import { installNodeGpu } from "./node-gpu.ts";

const [width = "0.25", batch = "16", pattern = "."] = process.argv.slice(2);
installNodeGpu();
const { device, traits, name } = await acquireDevice();
console.log(`${name}, width ${width}, batch ${batch}`);

interface Timing {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly firstMs: number;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];

async function time(problem: KernelProblem, lowering: Lowering): Promise<Timing> {
  const start = performance.now();
  const prepared = await prepare(device, lowering, noisyOperands(problem), problemSizes(problem).result);
  const run = async (repetitions: number) => {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (let i = 0; i < repetitions; i++) prepared.encode(pass);
    pass.end();
    const wall = performance.now();
    const cpu = process.cpuUsage();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    const { user, system } = process.cpuUsage(cpu);
    const cpuMs = (user + system) / 1000 / cpus().length;
    return { wallMs: (performance.now() - wall) / repetitions, cpuMs: cpuMs / repetitions };
  };
  await run(1);
  const firstMs = performance.now() - start;
  const repetitions = Math.max(1, Math.round(50 / (await run(1)).wallMs));
  const samples = [];
  for (let i = 0; i < 5; i++) samples.push(await run(repetitions));
  prepared.dispose();
  return {
    wallMs: median(samples.map(({ wallMs }) => wallMs)),
    cpuMs: median(samples.map(({ cpuMs }) => cpuMs)),
    firstMs,
  };
}

const totals = new Map<string, { ms: number; flops: number }>();
for (const family of families) {
  for (const layer of vgg11Layers) {
    const problem = vgg11Problem(family, layer, { batch: Number(batch), width: Number(width) });
    const flops = problemFlops(problem);
    const rows: [string, Timing][] = [];
    for (const lowering of candidates(problem, traits)) {
      if (!new RegExp(pattern).test(`${problemKey(problem)} ${lowering.variant}`)) continue;
      rows.push([lowering.variant, await time(problem, lowering)]);
    }
    if (rows.length === 0) continue;
    const best = Math.min(...rows.map(([, { cpuMs }]) => cpuMs));
    const total = totals.get(family) ?? { ms: 0, flops: 0 };
    totals.set(family, { ms: total.ms + best, flops: total.flops + flops });
    console.log(`${problemKey(problem)}: ${(flops / 1e6).toFixed(1)} MFLOP`);
    for (const [variant, { wallMs, cpuMs, firstMs }] of rows) {
      const rate = (ms: number) => `${(flops / ms / 1e6).toFixed(2)} GFLOP/s`;
      console.log(
        `  ${variant.padEnd(26)} ${wallMs.toFixed(2)} ms ${rate(wallMs)}, processor ${cpuMs.toFixed(2)} ms ${rate(cpuMs)} (${(cpuMs / best).toFixed(2)}×), first ${firstMs.toFixed(0)} ms`,
      );
    }
  }
}
for (const [family, { ms, flops }] of totals) {
  console.log(`${family}: best of each layer ${ms.toFixed(1)} ms, ${(flops / ms / 1e6).toFixed(2)} GFLOP/s`);
}
process.exit(0);

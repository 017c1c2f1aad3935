/**
 * Where Basin's training step spends its time: every launch alone in a pass between two timestamps. Generated kernels are
 * named by their kind, their invocations and what they read; convolutions and products by problem and variant.
 */
import { WebgpuBackend } from "../../../src/backends/webgpu/backend.ts";
import { acquireDevice } from "../../../src/backends/webgpu/device.ts";
import { WebgpuExecutable } from "../../../src/backends/webgpu/executable.ts";
import type { GeneratedStep } from "../../../src/backends/webgpu/generate/generated.ts";
import { candidates } from "../../../src/backends/webgpu/kernels/candidates.ts";
import { type KernelProblem, problemFlops, problemKey } from "../../../src/backends/webgpu/kernels/problem.ts";
import { PipelineCache } from "../../../src/backends/webgpu/pipelines.ts";
import { makePlan } from "../../../src/backends/webgpu/plan/plan.ts";
import { installNodeGpu } from "../node-gpu.ts";
import { figure, median, printTable } from "../report.ts";
import { bindStep, feedStep, traceStep } from "./basin.ts";
import { quarterWidth } from "./problem.ts";

const rounds = 5;

interface Label {
  readonly text: string;
  /** Of the launch that does the multiplying. */
  readonly flops: number;
}

export async function profile(options: readonly string[]): Promise<void> {
  installNodeGpu();
  const acquired = await acquireDevice();
  const backend = new WebgpuBackend(acquired);
  const labels = new Map<string, Label>();
  const choose = (problem: KernelProblem) => {
    const [lowering] = candidates(problem, acquired.traits);
    lowering.steps.forEach(({ code, params }, i) => {
      const text = `${problemKey(problem)} ${lowering.variant}${i > 0 ? `, launch ${i + 1}` : ""}`;
      labels.set(keyOf(code, params), { text, flops: i === 0 ? problemFlops(problem) : 0 });
    });
    return lowering;
  };
  const problem = quarterWidth();
  const program = traceStep(problem);
  const bindings = bindStep(problem, backend);
  const plan = makePlan(program, bindings, { traits: acquired.traits, choose });
  const pipelines = new PipelineCache(acquired.device);
  const launchPasses = recordPasses();
  const executable = await WebgpuExecutable.create(program, bindings, plan, backend.memory, pipelines);
  await executable.run([feedStep(problem)]);
  const launches = launchPasses();
  const samples: number[][] = [];
  for (let round = 0; round < rounds; round++) samples.push(await timeLaunches(acquired.device, launches));

  const rows = plan.steps.map((step, i) => {
    const storage = step.params.slice(step.buffers.length);
    const label = labels.get(keyOf(step.code, storage)) ?? generatedLabel(step);
    return { ...label, place: i, ms: median(samples.map((times) => times[i])), code: step.code };
  });
  const total = rows.reduce((sum, { ms }) => sum + ms, 0);
  const kindOf = ({ text }: Label) => text.split(/[ /]/)[0];
  printTable(
    "Launches by kind",
    ["kind", "launches", "ms", "share", "GFLOP/s"],
    [...new Set(rows.map(kindOf))].map((kind) => {
      const members = rows.filter((row) => kindOf(row) === kind);
      const ms = members.reduce((sum, row) => sum + row.ms, 0);
      const flops = members.reduce((sum, row) => sum + row.flops, 0);
      return [kind, String(members.length), figure(ms), `${((100 * ms) / total).toFixed(0)} %`, rate(flops, ms)];
    }),
  );
  rows.sort((a, b) => b.ms - a.ms);
  printTable(
    `Launches by time: ${figure(total)} ms in ${rows.length}`,
    ["launch", "at", "ms", "GFLOP/s"],
    rows.slice(0, 45).map(({ text, place, ms, flops }) => [text, String(place), figure(ms), rate(flops, ms)]),
  );
  for (const place of options.map(Number)) console.log(`\nlaunch ${place}:\n${plan.steps[place].code}`);
  backend.dispose();
}

const keyOf = (code: string, params: readonly number[]): string => `${code}\n${params.join()}`;

const rate = (flops: number, ms: number): string => (flops > 0 ? figure(flops / ms / 1e6) : "");

function generatedLabel({ code, buffers, workgroups }: GeneratedStep): Label {
  const kind = /\b(for|loop)\b/.test(code) ? "reduction" : "elementwise";
  const invocations = 64 * workgroups[0] * workgroups[1] * workgroups[2];
  return { text: `${kind} ≤ ${invocations} invocations, ${buffers.length} buffers`, flops: 0 };
}

type Encode = (pass: GPUComputePassEncoder) => void;

/** Listens to all passes from now on; the result ends that and gives the launches that were encoded. */
function recordPasses(): () => Encode[] {
  const prototype = GPUComputePassEncoder.prototype;
  const { setPipeline, dispatchWorkgroups } = prototype;
  const setBindGroup: (this: GPUComputePassEncoder, index: number, group: GPUBindGroup) => undefined =
    prototype.setBindGroup;
  const launches: Encode[] = [];
  let pipeline: GPUComputePipeline;
  let bindGroup: GPUBindGroup;
  prototype.setPipeline = function (next) {
    pipeline = next;
    return setPipeline.call(this, next);
  };
  prototype.setBindGroup = function (index: number, next: GPUBindGroup) {
    bindGroup = next;
    return setBindGroup.call(this, index, next);
  };
  prototype.dispatchWorkgroups = function (x, y = 1, z = 1) {
    const [ownPipeline, ownBindGroup] = [pipeline, bindGroup];
    launches.push((pass) => {
      pass.setPipeline(ownPipeline);
      pass.setBindGroup(0, ownBindGroup);
      pass.dispatchWorkgroups(x, y, z);
    });
    return dispatchWorkgroups.call(this, x, y, z);
  };
  return () => {
    Object.assign(prototype, { setPipeline, setBindGroup, dispatchWorkgroups });
    return launches;
  };
}

/** Milliseconds of each launch. */
async function timeLaunches(device: GPUDevice, launches: readonly Encode[]): Promise<number[]> {
  const bytes = 16 * launches.length;
  const querySet = device.createQuerySet({ type: "timestamp", count: 2 * launches.length });
  const resolved = device.createBuffer({ size: bytes, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
  const readback = device.createBuffer({ size: bytes, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  const encoder = device.createCommandEncoder();
  launches.forEach((encode, i) => {
    const timestampWrites = { querySet, beginningOfPassWriteIndex: 2 * i, endOfPassWriteIndex: 2 * i + 1 };
    const pass = encoder.beginComputePass({ timestampWrites });
    encode(pass);
    pass.end();
  });
  encoder.resolveQuerySet(querySet, 0, 2 * launches.length, resolved, 0);
  encoder.copyBufferToBuffer(resolved, 0, readback, 0, bytes);
  device.queue.submit([encoder.finish()]);
  await readback.mapAsync(GPUMapMode.READ);
  const times = new BigUint64Array(readback.getMappedRange().slice(0));
  for (const buffer of [resolved, readback]) buffer.destroy();
  querySet.destroy();
  return launches.map((_, i) => Number(times[2 * i + 1] - times[2 * i]) / 1e6);
}

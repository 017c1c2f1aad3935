/** Kernels timed on the current device. */
import { expect, test } from "vitest";
import { createWebgpuBackend } from "../../../../src/backends/webgpu/backend.ts";
import { candidates } from "../../../../src/backends/webgpu/kernels/candidates.ts";
import { PipelineCache } from "../../../../src/backends/webgpu/pipelines.ts";
import { timeLowering } from "../../../../src/backends/webgpu/time-lowering.ts";
import { conv2d } from "../../../../src/tensor/primitives/conv2d.ts";
import { input } from "../../../../src/tensor/primitives/input.ts";
import { convolution } from "./problems.ts";

const geometry = {
  strides: [1, 1],
  padding: [
    [1, 1],
    [1, 1],
  ],
} as const;

test("tunes the products of a program once, and records the choice", async () => {
  const backend = await createWebgpuBackend();
  const x = input({ dtype: "float", shape: [4, 4, 4, 64] });
  const w = input({ dtype: "float", shape: [3, 3, 64, 16] });
  const program = { inputs: { x, w }, outputs: { y: conv2d(x, w, geometry) } };
  const [record] = await backend.tune(program);
  expect(Object.keys(record.milliseconds).length).toBeGreaterThan(1);
  for (const milliseconds of Object.values(record.milliseconds)) {
    expect(milliseconds).toBeGreaterThan(0);
    expect(Number.isFinite(milliseconds)).toBe(true);
  }
  expect(backend.choices.export()).toEqual({ [record.key]: record.chosen });
  expect(await backend.tune(program)).toEqual([]);
  backend.dispose();
});

test("a product with a hundred times the work takes longer", async () => {
  const backend = await createWebgpuBackend();
  const { device, traits } = backend.acquired;
  const pipelines = new PipelineCache(device);
  const time = (batch: number) => {
    const sizes = { batch, inHeight: 8, inWidth: 8, inChannels: 16, outChannels: 16 };
    const problem = convolution("conv2d", sizes);
    return timeLowering(device, pipelines, problem, candidates(problem, traits)[0]);
  };
  expect(await time(200)).toBeGreaterThan(await time(2));
  backend.dispose();
});

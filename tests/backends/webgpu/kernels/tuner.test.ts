/** Choosing and keeping kernels, with a clock that the test sets. */
import { expect, test } from "vitest";
import { candidates } from "../../../../src/backends/webgpu/kernels/candidates.ts";
import { problemKey } from "../../../../src/backends/webgpu/kernels/problem.ts";
import type { DeviceTraits } from "../../../../src/backends/webgpu/kernels/traits.ts";
import { PipelineCache } from "../../../../src/backends/webgpu/pipelines.ts";
import { KernelTuner, type TimeLowering } from "../../../../src/backends/webgpu/tuner.ts";
import { MemoryTuningStore } from "../../../../src/backends/webgpu/tuning-store.ts";
import { gpuTraits } from "./device-traits.ts";
import { vgg11Layers, vgg11Problem } from "./problems.ts";

const problem = vgg11Problem("conv2d", vgg11Layers[6], { batch: 16, width: 0.25 });
const options = candidates(problem, gpuTraits).map(({ variant }) => variant);
const key = `a: ${problemKey(problem)}`;

function tuner(store: MemoryTuningStore, time: TimeLowering, traits: DeviceTraits = gpuTraits): KernelTuner {
  const device = {} as GPUDevice;
  return new KernelTuner({ device, traits, identity: "a" }, new PipelineCache(device), store, time);
}

const never: TimeLowering = () => Promise.reject(new Error("timed"));

test("takes the first candidate when nothing was measured", () => {
  expect(options.length).toBeGreaterThan(2);
  expect(tuner(new MemoryTuningStore(), never).choose(problem).variant).toBe(options[0]);
});

test("times every candidate, stores the fastest and chooses it from then on", async () => {
  const store = new MemoryTuningStore();
  const times = Object.fromEntries(options.map((variant, i) => [variant, i === 2 ? 1 : 5 + i]));
  const tuned = tuner(store, (_, { variant }) => Promise.resolve(times[variant]));
  expect(await tuned.tune([problem, { ...problem }])).toEqual([{ key, chosen: options[2], milliseconds: times }]);
  expect(store.export()).toEqual({ [key]: options[2] });
  expect(tuned.choose(problem).variant).toBe(options[2]);
});

test("measures nothing that is stored already, and takes choices recorded elsewhere", async () => {
  const tuned = tuner(new MemoryTuningStore({ [key]: options[1] }), never);
  expect(await tuned.tune([problem])).toEqual([]);
  expect(tuned.choose(problem).variant).toBe(options[1]);
});

test("ignores a stored choice that is no candidate any more", () => {
  expect(tuner(new MemoryTuningStore({ [key]: "gone-1x1" }), never).choose(problem).variant).toBe(options[0]);
});

test("a choice made on one adapter is not taken on another", () => {
  const store = new MemoryTuningStore({ [`b: ${problemKey(problem)}`]: options[1] });
  expect(tuner(store, never).choose(problem).variant).toBe(options[0]);
});

test("stops when aborted, keeping what it has", async () => {
  const other = vgg11Problem("conv2d", vgg11Layers[7], { batch: 8, width: 0.25 });
  const store = new MemoryTuningStore();
  const controller = new AbortController();
  let timed = 0;
  const tuned = tuner(store, () => {
    if (++timed === options.length) controller.abort();
    return Promise.resolve(timed);
  });
  await expect(tuned.tune([problem, other], controller.signal)).rejects.toThrow();
  expect(Object.keys(store.export())).toEqual([key]);
});

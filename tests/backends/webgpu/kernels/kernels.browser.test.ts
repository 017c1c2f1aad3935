/** Every kernel in Chromium on WebGPU against float64 loops, with guards around its tensors. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AcquiredDevice, acquireDevice } from "../../../../src/backends/webgpu/device.ts";
import type { Lowering } from "../../../../src/backends/webgpu/kernel.ts";
import { candidates } from "../../../../src/backends/webgpu/kernels/candidates.ts";
import { directTiling, lower, sharedTiling } from "../../../../src/backends/webgpu/kernels/lower.ts";
import { type KernelProblem, problemKey, problemSizes } from "../../../../src/backends/webgpu/kernels/problem.ts";
import type { DeviceTraits } from "../../../../src/backends/webgpu/kernels/traits.ts";
import { launch } from "./launch.ts";
import { convolution, fewProblems, problems } from "./problems.ts";
import { noisyOperands, relativeError, twin } from "./twins.ts";

/** Sums of up to 400 products of float32 numbers. */
const tolerance = 5e-7;

let acquired: AcquiredDevice;
beforeAll(async () => {
  acquired = await acquireDevice();
});
afterAll(() => acquired.device.destroy());

async function expectExact(problem: KernelProblem, lowering: Lowering): Promise<void> {
  const operands = noisyOperands(problem);
  const { result, isGuarded } = await launch(acquired.device, lowering, operands, problemSizes(problem).result);
  expect(relativeError(result, twin(problem, operands))).toBeLessThan(tolerance);
  expect(isGuarded).toBe(true);
}

describe("what this device would choose", () => {
  test.for(problems.map((problem) => [problemKey(problem), problem] as const))("%s", async ([, problem]) => {
    for (const lowering of candidates(problem, acquired.traits)) await expectExact(problem, lowering);
  });
});

describe("what other devices would choose", () => {
  const vectors = fewProblems.filter(({ pairs }) => pairs === 1);
  const cases = [
    ...fewProblems.map((problem) => [directTiling(false), problem] as const),
    ...fewProblems.map((problem) => [sharedTiling(64), problem] as const),
    ...vectors.map((problem) => [sharedTiling(32), problem] as const),
  ];
  test.for(cases.map(([tiling, problem]) => [tiling.name, problemKey(problem), tiling, problem] as const))(
    "%s %s",
    async ([, , tiling, problem]) => {
      for (const slices of [1, 3]) await expectExact(problem, lower(problem, tiling, slices, acquired.traits));
    },
  );
});

test("pairs beyond one launch's bindings go into further launches", async () => {
  const few: DeviceTraits = { ...acquired.traits, maxStorageBuffersPerShaderStage: 8 };
  const problem = convolution(
    "conv2d",
    { batch: 2, inHeight: 4, inWidth: 4, inChannels: 4, outChannels: 8 },
    { pairs: 4 },
  );
  const [lowering] = candidates(problem, few);
  expect(lowering.steps.map(({ storage }) => storage.length)).toEqual([7, 3, 2]);
  await expectExact(problem, lowering);
});

test("a split product is bit-identical from run to run", async () => {
  const problem = fewProblems[0];
  const lowering = lower(problem, directTiling(false), 3, acquired.traits);
  const operands = noisyOperands(problem);
  const run = () => launch(acquired.device, lowering, operands, problemSizes(problem).result);
  expect((await run()).result).toEqual((await run()).result);
});

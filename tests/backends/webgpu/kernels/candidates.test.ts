/** What is launched for a problem, apart from the arithmetic: sizes, slices and how few pipelines serve a whole net. */
import { describe, expect, test } from "vitest";
import { candidates } from "../../../../src/backends/webgpu/kernels/candidates.ts";
import { workgroupGrid } from "../../../../src/backends/webgpu/kernels/grid.ts";
import { problemFlops, problemKey, problemSizes } from "../../../../src/backends/webgpu/kernels/problem.ts";
import { gpuTraits, swiftShaderTraits } from "./device-traits.ts";
import { convolution, families, problems, vgg11Layers, vgg11Problem } from "./problems.ts";

describe.each([
  ["a GPU", gpuTraits],
  ["SwiftShader", swiftShaderTraits],
])("on %s", (_, traits) => {
  test("every layer of a net shares one pipeline a family and tiling, whatever its size", () => {
    for (const family of families) {
      const codes = new Map<string, Set<string>>();
      for (const layer of vgg11Layers) {
        for (const { variant, steps } of candidates(vgg11Problem(family, layer, { batch: 16, width: 0.25 }), traits)) {
          const tiling = variant.replace(/-split\d+$/, "");
          codes.set(tiling, (codes.get(tiling) ?? new Set()).add(steps[0].code));
        }
      }
      expect([...codes.values()].map(({ size }) => size)).toEqual([...codes].map(() => 1));
    }
  });

  test("partial sums fit the scratch, and slices leave each work to do", () => {
    for (const problem of problems) {
      const { result } = problemSizes(problem);
      for (const { steps, scratch, variant } of candidates(problem, traits)) {
        const slices = Number(/-split(\d+)$/.exec(variant)?.[1] ?? 1);
        expect(scratch).toEqual(slices > 1 ? [slices * result] : []);
        expect(steps.length).toBe(slices > 1 ? 2 : 1);
      }
    }
  });

  test("candidates of one problem have different names", () => {
    for (const problem of problems) {
      const names = candidates(problem, traits).map(({ variant }) => variant);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

test("the best guess for a software renderer has no barrier and for a GPU has", () => {
  const problem = vgg11Problem("conv2d", vgg11Layers[2], { batch: 16, width: 1 });
  expect(candidates(problem, swiftShaderTraits)[0].steps[0].code).not.toContain("workgroupBarrier");
  expect(candidates(problem, gpuTraits)[0].steps[0].code).toContain("workgroupBarrier");
});

test("problems that differ in any number have different keys", () => {
  expect(new Set(problems.map(problemKey)).size).toBe(problems.length);
  const sizes = { batch: 1, inHeight: 4, inWidth: 4, inChannels: 4, outChannels: 4 };
  const padded = convolution("conv2d", sizes, {
    padding: [
      [1, 0],
      [0, 1],
    ],
  });
  const mirrored = convolution("conv2d", sizes, {
    padding: [
      [0, 1],
      [1, 0],
    ],
  });
  expect(problemKey(padded)).not.toBe(problemKey(mirrored));
});

test("a 3×3 convolution of 32×32 images, counted by hand", () => {
  const problem = convolution("conv2d", { batch: 2, inHeight: 32, inWidth: 32, inChannels: 3, outChannels: 64 });
  expect(problemFlops(problem)).toBe(2 * 2 * 1024 * 27 * 64);
});

test("a long row of workgroups is folded without losing any", () => {
  expect(workgroupGrid(5)).toEqual([5, 1, 1]);
  const [x, y, z] = workgroupGrid(100_001);
  expect(x).toBeLessThanOrEqual(65535);
  expect(x * y * z).toBeGreaterThanOrEqual(100_001);
});

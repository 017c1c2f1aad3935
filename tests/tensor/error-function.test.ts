/** erf against torch.erf in float64. */
import { expect, it } from "vitest";
import { erf } from "../../src/tensor/error-function.ts";

it.each([
  [1e-8, 1.1283791670955126e-8],
  [-0.3, -0.3286267594591274],
  [0.5, 0.5204998778130465],
  [1, 0.8427007929497149],
  [-1.7, -0.9837904585907745],
  [2.4, 0.999311486103355],
  [2.6, 0.9997639655834707],
  [3, 0.9999779095030014],
  [-4.5, -0.9999999998033839],
  [7, 1],
])("erf(%d)", (x, wanted) => {
  expect(Math.abs(erf(x) / wanted - 1)).toBeLessThan(1e-15);
});

it("is 0 at 0, and no number where x is none", () => {
  expect([erf(0), erf(Number.NaN), erf(Number.NEGATIVE_INFINITY)]).toEqual([0, Number.NaN, -1]);
});

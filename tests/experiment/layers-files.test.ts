import { expect, it } from "vitest";
import type { LayerCurvature } from "../../src/experiment/curvature.ts";
import { layersToCsv } from "../../src/experiment/layers-files.ts";

const layer: LayerCurvature = {
  name: "layers.0",
  parameters: ["layers.0.weight"],
  dimension: 12,
  eigenvalues: Float64Array.of(3, 0.5),
  residuals: Float64Array.of(1e-4, 2e-4),
  status: "converged",
  trace: { mean: 4, standardError: Number.NaN },
  frobeniusNorm: { mean: Number.POSITIVE_INFINITY, standardError: 0.25 },
  products: 9,
};

it("writes a layer a line, nan and inf as NumPy reads them, and nothing for eigenvalues that a layer lacks", () => {
  const narrow = { ...layer, name: "layers.2", eigenvalues: Float64Array.of(-1), residuals: Float64Array.of(0) };
  expect(layersToCsv([layer, narrow]).split("\n")).toEqual([
    "layer,dimension,trace,traceError,frobeniusNorm,frobeniusNormError,eigenvalue1,eigenvalue2,residual1,residual2,products,status",
    "layers.0,12,4,nan,inf,0.25,3,0.5,0.0001,0.0002,9,converged",
    "layers.2,12,4,nan,inf,0.25,-1,,0,,9,converged",
    "",
  ]);
});

/** A surface along eigenvectors bends at its centre by their eigenvalues, as it is asked for from the Spectrum page. */

import { describe, expect, it } from "vitest";
import { knownCurvatures } from "../../src/app/figure/treatment-words.ts";
import { chooseDirections } from "../../src/app/stores/choose-directions.ts";
import { eigenPlane, eigenRanges, sharedEigenRanges } from "../../src/app/stores/eigen-plane.ts";
import { defaultSettings } from "../../src/app/stores/settings/settings.ts";
import { findRequest } from "../../src/app/stores/surface-request.ts";
import type { Spectrum } from "../../src/experiment/curvature.ts";
import { eigenRange } from "../../src/experiment/eigen-range.ts";
import type { SurfaceView } from "../../src/experiment/surface-view.ts";
import { measureSurface } from "../jobs/collect-surface.ts";
import { openTanhProblem, solve } from "../jobs/tanh-problem.ts";

const { surface: usual } = defaultSettings;
const theta = Float32Array.of(3, 4);

/** Of a top of two and a bottom of one; vectors of two parameters. */
const spectrum = {
  eigenvalues: Float64Array.of(16, 2, -0.5),
  vectors: [Float32Array.of(1, 0), Float32Array.of(0, 1), Float32Array.of(0.6, 0.8)],
  top: 2,
  report: { request: { subset: "test", batchNorm: "batch", operator: "hessian", filterScaled: false } },
} as unknown as Spectrum;

describe("the settings of a surface along a pair", () => {
  it("leave the eigenvectors as they are, and go as far as the loss bends by one nat", () => {
    expect(eigenPlane(spectrum, [1, -1], theta, usual)).toEqual({
      x: { kind: "eigen", index: 1 },
      y: { kind: "eigen", index: -1 },
      normalization: "none",
      biases: "include",
      orthogonalize: false,
      subset: "test",
      batchNorm: "batch",
      alpha: { min: -0.35, max: 0.35, count: 51 },
      beta: { min: -2, max: 2, count: 51 },
    });
  });

  it("go no further than the weights are from zero", () => {
    expect(eigenRange(1e-9, 5)).toEqual({ min: -5, max: 5 });
    expect(eigenRange(0, 5)).toEqual({ min: -5, max: 5 });
    const flat = { ...spectrum, eigenvalues: Float64Array.of(16, 1e-6, -0.5) };
    expect(eigenPlane(flat, [2, 1], theta, usual).alpha).toMatchObject({ max: 5 });
  });

  it("leave an axis alone whose direction is no pair of the spectrum", () => {
    const random = { kind: "random", seed: 1 } as const;
    const view = { ...usual, x: { kind: "eigen", index: 7 }, y: random } as const;
    expect(eigenRanges(spectrum, view, theta)).toEqual({});
    const mixed = { ...usual, x: { kind: "eigen", index: 2 }, y: random } as const;
    expect(eigenRanges(spectrum, mixed, theta)).toEqual({ alpha: { min: -1, max: 1, count: 51 } });
  });

  it("are one range for several runs: that of the sharpest", () => {
    const sharper = { ...spectrum, eigenvalues: Float64Array.of(64, 1, -0.5) };
    const along = { ...usual, x: { kind: "eigen", index: 1 }, y: { kind: "eigen", index: 2 } } as const;
    const runs = [spectrum, sharper].map((pairs) => ({ pairs, theta }));
    expect(sharedEigenRanges(runs, along)).toMatchObject({ alpha: { max: 0.18 }, beta: { max: 1 } });
    expect(sharedEigenRanges([], along)).toEqual({});
  });
});

describe("choosing a direction", () => {
  const first = { kind: "eigen", index: 1 } as const;
  const second = { kind: "eigen", index: 2 } as const;

  it("brings what is usual for its kind", () => {
    const wide: SurfaceView = { ...usual, alpha: { min: -3, max: 3, count: 9 }, beta: { min: -4, max: 4, count: 9 } };
    const one = chooseDirections(wide, { x: first });
    expect(one).toMatchObject({ normalization: "by-kind", biases: "by-kind", alpha: { min: -1, max: 1, count: 9 } });
    expect(one.beta).toEqual(wide.beta);
    const both = chooseDirections({ ...wide, ...one }, { y: second });
    expect(both).toMatchObject({ normalization: "none", biases: "include" });
    const back = chooseDirections({ ...wide, ...one, ...both }, { x: usual.x, y: usual.y });
    expect(back).toMatchObject({ normalization: "filter", biases: "ignore" });
    const line = chooseDirections({ ...wide, ...one }, { y: null });
    expect(line).toMatchObject({ normalization: "none", biases: "include" });
  });

  it("keeps a variant and a range where the kinds stay", () => {
    const variant: SurfaceView = { ...usual, x: first, y: second, normalization: "layer" };
    expect(chooseDirections(variant, { y: { kind: "eigen", index: 5 } })).toEqual({ y: { kind: "eigen", index: 5 } });
  });
});

describe("the surface that the button asks for", () => {
  it("has second differences λ₁ and λ₂ at its centre, and so has the quadratic model", async () => {
    const { runner, params } = await openTanhProblem();
    const { spec, weights, backend } = params;
    const found = await runner.start("spectrum", { ...params, ...solve, top: 2, bottom: 1 }).result;
    const source = { spec, weights, label: "", checkpoint: null };
    const view: SurfaceView = { ...usual, ...eigenPlane(found, [1, 2], weights.theta, usual) };
    const request = await findRequest(source, view, new AbortController().signal, {
      spectrum: () => found,
      principal: () => Promise.reject(new Error("not asked for")),
    });
    const step = 5e-4;
    const near = { min: -step, max: step, count: 3 };
    const { values, report } = await measureSurface(runner, {
      spec,
      weights,
      request: { ...request, alpha: near, beta: near },
      backend,
    });
    const [, below, , left, centre, right, , above] = values.loss;
    const [first, second] = found.eigenvalues;
    // The fourth derivative leaves a difference of the square of the step.
    expect(Math.abs((left - 2 * centre + right) / step ** 2 / first - 1)).toBeLessThan(1e-3);
    expect(Math.abs((below - 2 * centre + above) / step ** 2 / second - 1)).toBeLessThan(1e-3);
    const model = await runner.start("quadraticModel", { spec, weights, plane: request, backend }).result;
    expect(model.hessian[0] / first).toBeCloseTo(1, 4);
    expect(model.hessian[2] / second).toBeCloseTo(1, 4);
    expect(report.directionNorms.map((length) => length.toFixed(5))).toEqual(["1.00000", "1.00000"]);
    expect(Math.abs(report.cosine!)).toBeLessThan(1e-4);
    expect(knownCurvatures(view, report)).toEqual([
      { axis: "α", name: "λ₁", eigenvalue: first },
      { axis: "β", name: "λ₂", eigenvalue: second },
    ]);
    expect(knownCurvatures({ ...view, normalization: "filter", biases: "ignore" }, report)).toEqual([]);
  });

  it("scales a random direction beside an eigenvector, and leaves the eigenvector", async () => {
    const { runner, params } = await openTanhProblem();
    const { spec, weights, backend } = params;
    const vector = Float32Array.from(weights.theta, (_, k) => (k === 0 ? 1 : 0));
    const random = { kind: "random", seed: 4 } as const;
    const axis = { min: -1, max: 1, count: 2 };
    const plane = { orthogonalize: false, batchNorm: "frozen", subset: "train", alpha: axis, beta: axis } as const;
    const normsOf = async (normalization: "by-kind" | "filter", biases: "by-kind" | "ignore") => {
      const request = {
        ...plane,
        x: { kind: "vector", vector, label: "file:v" },
        y: random,
        normalization,
        biases,
      } as const;
      return (await runner.start("surface", { spec, weights, request, backend }).result).directionNorms;
    };
    const [kept, scaled] = await normsOf("by-kind", "by-kind");
    expect(kept).toBe(1);
    expect(scaled).toBe((await normsOf("filter", "ignore"))[1]);
  });
});

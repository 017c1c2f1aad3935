import { describe, expect, it } from "vitest";
import { bandOf, decades, linearAxis, logAxis, padded, pathOf } from "../../../src/app/chart/axis.ts";
import { toCsv } from "../../../src/app/chart/data-table.ts";
import { spreadLabels } from "../../../src/app/chart/spread-labels.ts";
import { densityCurve, densityGround } from "../../../src/app/spectrum/measurements/density/density-curve.ts";
import {
  convergenceSeries,
  convergenceTable,
} from "../../../src/app/spectrum/measurements/spectrum/convergence-series.ts";
import { forecast } from "../../../src/app/spectrum/measurements/spectrum/forecast.ts";
import { groupSamples, subsetTable } from "../../../src/app/spectrum/measurements/subsets/subset-statistics.ts";
import { runningMeans } from "../../../src/app/spectrum/measurements/trace/running-mean.ts";
import type { SubsetSample } from "../../../src/experiment/curvature.ts";
import type { SpectrumStep } from "../../../src/jobs/curvature-jobs.ts";

const step = (products: number, ritzValues: number[], residuals: number[], converged = 0): SpectrumStep => ({
  kind: "step",
  products,
  ritzValues: Float64Array.from(ritzValues),
  residuals: Float64Array.from(residuals),
  converged,
  elapsedMs: products * 250,
});

describe("axes", () => {
  const up = { from: 100, to: 0 };

  it("place values between the ends, and label round ones", () => {
    const axis = linearAxis(-1, 3, up, 4);
    expect([-1, 1, 3].map(axis.place)).toEqual([100, 50, 0]);
    expect(axis.ticks).toEqual([-1, 0, 1, 2, 3]);
  });

  it("place equal ratios at equal distances, and what is not positive out of sight", () => {
    const axis = logAxis(0.01, 100, up, 5);
    expect(axis.place(1)).toBeCloseTo(50, 10);
    expect(axis.place(10) - axis.place(100)).toBeCloseTo(25, 10);
    expect(axis.place(0)).toBeGreaterThan(150);
    expect(axis.ticks).toContain(1);
  });

  it("hold a single value, and none", () => {
    expect(padded([5])).toEqual({ low: 0, high: 10 });
    expect(padded([Number.NaN])).toEqual({ low: -0.06, high: 1.06 });
    expect(decades([0.02, 0.5, -3, 0])).toEqual({ low: 0.01, high: 1 });
    expect(decades([1])).toEqual({ low: 1, high: 10 });
  });

  it("break a path where a value is missing, and close a band", () => {
    expect(
      pathOf([
        [0, 1],
        [1, Number.NaN],
        [2, 3],
        [3, 4],
      ]),
    ).toBe("M0.0 1.0M2.0 3.0L3.0 4.0");
    expect(bandOf([0, 1], [5, 6], [3, 2])).toBe("M0.0 5.0L1.0 6.0L1.0 2.0L0.0 3.0Z");
    expect(bandOf([0], [1], [0])).toBe("");
  });
});

describe("labels", () => {
  it("stay where they are while there is room, and move apart around their middle where there is none", () => {
    expect(spreadLabels([50, 10, 30], 10)).toEqual([50, 10, 30]);
    expect(spreadLabels([20, 22], 10)).toEqual([16, 26]);
    expect(spreadLabels([40, 20, 21, 22], 10)).toEqual([40.75, 10.75, 20.75, 30.75]);
  });
});

describe("the forecast of a solve", () => {
  const steps = Array.from({ length: 20 }, (_, i) => step(i + 3, [9, 4], [10 ** -(i / 8), 10 ** -(i / 10)]));

  it("carries the fall of the worst residual on to the tolerance", () => {
    // After 22 products the worst stands at 10^-1.9 and falls by 10^-0.1 a product: ten and a half to 10^-2.95.
    expect(forecast(steps, 2, 10 ** -2.95, 400)).toEqual({ products: 11, atMost: 378, secondsPerProduct: 0.25 });
  });

  it("knows nothing before all wanted pairs are there, and stays within the bound", () => {
    expect(forecast([], 2, 1e-3, 400)).toBeNull();
    expect(forecast([step(1, [9], [0.5])], 2, 1e-3, 400)?.products).toBeNull();
    expect(forecast(steps, 2, 1e-3, 25)?.products).toBe(3);
    const stalled = steps.map((each) => ({ ...each, residuals: Float64Array.of(0.2, 0.3) }));
    expect(forecast(stalled, 2, 1e-3, 400)?.products).toBeNull();
  });
});

describe("the convergence of pairs", () => {
  it("keeps each pair in its own series while their number grows", () => {
    const steps = [step(1, [5], [0.9]), step(2, [7, -1], [0.5, 0.6]), step(3, [8, 4, -2], [0.1, 0.2, 0.3])];
    const series = convergenceSeries(steps, 2);
    expect(series.map(({ number }) => number)).toEqual([1, 2, -1]);
    expect(series[0]).toEqual({ number: 1, products: [1, 2, 3], ritzValues: [5, 7, 8], residuals: [0.9, 0.5, 0.1] });
    expect(series[1].ritzValues).toEqual([-1, 4]);
    expect(series[2]).toEqual({ number: -1, products: [3], ritzValues: [-2], residuals: [0.3] });
    expect(convergenceTable(steps, 2).rows).toEqual([
      [1, 1, 5, 0.9],
      [2, 1, 7, 0.5],
      [2, 2, -1, 0.6],
      [3, 1, 8, 0.1],
      [3, 2, 4, 0.2],
      [3, -1, -2, 0.3],
    ]);
  });

  it("is thinned for a drawing, its first and last step kept", () => {
    const steps = Array.from({ length: 20_000 }, (_, i) => step(i + 1, [5, 4, -1], [0.1, 0.2, 0.3]));
    const [first] = convergenceSeries(steps, 2);
    expect(first.products.length).toBeLessThanOrEqual(3000);
    expect([first.products[0], first.products.at(-1)]).toEqual([1, 20_000]);
  });
});

describe("values as CSV", () => {
  it("is of the dialect of all other files: quotes, numbers in full, nan and inf, nothing where nothing is", () => {
    const columns = ["layer", "value", "error"].map((key) => ({ key, title: key }));
    const text = toCsv({
      columns,
      rows: [
        ["a,b", 0.1 + 0.2, Number.NaN],
        ['say "x"', -0.5, 1e-9],
        ["c", Number.POSITIVE_INFINITY, null],
      ],
    });
    expect(text).toBe('layer,value,error\n"a,b",0.30000000000000004,nan\n"say ""x""",-0.5,1e-9\nc,inf,\n');
  });
});

describe("the density on a fixed grid", () => {
  const runs = [
    { nodes: Float64Array.of(-1, 0.001, 9), weights: Float64Array.of(0.2, 0.7, 0.1) },
    { nodes: Float64Array.of(-1, 0.001, 9), weights: Float64Array.of(0.3, 0.6, 0.1) },
  ];
  const integral = (grid: Float64Array, values: Float64Array) =>
    values.reduce((sum, value) => sum + value * (grid[1] - grid[0]), 0);

  it("keeps its places and its mass while σ changes", () => {
    const ground = densityGround(runs, "linear")!;
    const [narrow, wide] = [densityCurve(runs, ground, -2.9), densityCurve(runs, ground, -1.7)];
    expect(narrow.grid).toBe(wide.grid);
    expect(wide.sigma).toBeCloseTo(10 * 10 ** -1.7, 12);
    expect(integral(narrow.grid, narrow.mean)).toBeCloseTo(1, 3);
    expect(integral(wide.grid, wide.mean)).toBeCloseTo(1, 3);
  });

  it("draws log₁₀|λ| too, and has nothing to draw of zeros alone", () => {
    const ground = densityGround(runs, "logAbs")!;
    expect(ground.nodes.min).toBeCloseTo(-3, 12);
    expect(ground.nodes.max).toBeCloseTo(Math.log10(9), 12);
    expect(integral(ground.grid, densityCurve(runs, ground, -2).mean)).toBeCloseTo(1, 3);
    expect(densityGround([{ nodes: Float64Array.of(0), weights: Float64Array.of(1) }], "logAbs")).toBeNull();
    expect(densityGround([], "linear")).toBeNull();
  });
});

describe("means over draws", () => {
  it("run on with the standard error of the textbook", () => {
    const means = runningMeans([2, 4, 9]);
    expect(means.map(({ mean }) => mean)).toEqual([2, 3, 5]);
    expect(means[0].standardError).toBeNaN();
    expect(means[1].standardError).toBeCloseTo(Math.sqrt(2 / 2), 12);
    expect(means[2].standardError).toBeCloseTo(Math.sqrt((9 + 1 + 16) / 2 / 3), 12);
  });

  it("group subsets by kind and size, the full set between the two", () => {
    const sample = (kind: SubsetSample["kind"], size: number, draw: number, top: number): SubsetSample => ({
      kind,
      size,
      draw,
      eigenvalues: Float64Array.of(top, top / 2),
      residuals: Float64Array.of(0.01, 0.02),
      status: "converged",
      overlap: kind === "full" ? 1 : 0.5,
      products: 20,
    });
    const samples = [
      sample("full", 100, 0, 10),
      sample("resampled", 100, 0, 12),
      sample("mini-batch", 50, 0, 11),
      sample("mini-batch", 10, 0, 14),
      sample("mini-batch", 10, 1, 18),
    ];
    const groups = groupSamples(samples);
    expect(groups.map(({ kind, size }) => `${kind} ${size}`)).toEqual([
      "mini-batch 10",
      "mini-batch 50",
      "full 100",
      "resampled 100",
    ]);
    expect(groups[0].eigenvalues[0]).toEqual({ values: [14, 18], mean: 16, deviation: Math.sqrt(8) });
    expect(groups[1].eigenvalues[0].deviation).toBeNaN();
    expect(subsetTable(samples).rows).toHaveLength(10);
  });
});

/** The steps of a solve as one series for every wanted pair. */
import type { SpectrumStep } from "../../jobs/curvature-jobs.ts";
import { thinIndices } from "../curves/smoothing.ts";
import type { DataTable } from "./data-table.ts";
import { pairNumber } from "./words.ts";

export interface PairSeries {
  /** 1, 2, … from the top, −1, −2, … from the bottom. */
  readonly number: number;
  readonly products: readonly number[];
  readonly ritzValues: readonly number[];
  /** Estimates, over the largest |λ|. */
  readonly residuals: readonly number[];
}

const mostSteps = 500;

/** `top`: pairs wanted from that end. Early steps have fewer values than pairs are wanted. */
export function convergenceSeries(steps: readonly SpectrumStep[], top: number): PairSeries[] {
  const series = new Map<number, { products: number[]; ritzValues: number[]; residuals: number[] }>();
  for (const index of thinIndices(steps.length, mostSteps)) {
    const { products, ritzValues, residuals } = steps[index];
    const atTop = Math.min(top, ritzValues.length);
    ritzValues.forEach((value, place) => {
      const number = pairNumber(place, atTop);
      const pair = series.get(number) ?? { products: [], ritzValues: [], residuals: [] };
      pair.products.push(products);
      pair.ritzValues.push(value);
      pair.residuals.push(residuals[place]);
      series.set(number, pair);
    });
  }
  return Array.from(series, ([number, pair]) => ({ number, ...pair }));
}

export function convergenceTable(series: readonly PairSeries[]): DataTable {
  return {
    columns: [
      { key: "products", title: "Products" },
      { key: "pair", title: "Pair" },
      { key: "ritz_value", title: "Ritz value" },
      { key: "relative_residual", title: "Residual / |λ|max (estimate)" },
    ],
    rows: series.flatMap(({ number, products, ritzValues, residuals }) =>
      products.map((product, i) => [product, number, ritzValues[i], residuals[i]]),
    ),
  };
}

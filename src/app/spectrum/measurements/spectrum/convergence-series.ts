/** The steps of a solve as one series for every wanted pair. */
import type { SolveStep } from "../../../../experiment/solve-history.ts";
import type { DataTable } from "../../../chart/data-table.ts";
import { thinIndices } from "../../../chart/smoothing.ts";
import { pairNumber } from "../../../figure/pair-name.ts";

export interface PairSeries {
  /** 1, 2, … from the top, −1, −2, … from the bottom. */
  readonly number: number;
  readonly products: readonly number[];
  readonly ritzValues: readonly number[];
  /** Estimates, over the largest |λ|. */
  readonly residuals: readonly number[];
}

/** Points of all pairs together that a drawing takes. */
const mostPoints = 9000;

/** Thinned for drawing. `top`: pairs wanted from that end; early steps have fewer values than pairs are wanted. */
export function convergenceSeries(steps: readonly SolveStep[], top: number): PairSeries[] {
  const pairs = steps.at(-1)?.ritzValues.length || 1;
  const series = new Map<number, { products: number[]; ritzValues: number[]; residuals: number[] }>();
  for (const index of thinIndices(steps.length, Math.max(50, Math.floor(mostPoints / pairs)))) {
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

/** Every step. */
export function convergenceTable(steps: readonly SolveStep[], top: number): DataTable {
  return {
    columns: [
      { key: "products", title: "Products" },
      { key: "pair", title: "Pair" },
      { key: "ritz_value", title: "Ritz value" },
      { key: "relative_residual", title: "Residual / |λ|max (estimate)" },
    ],
    rows: steps.flatMap(({ products, ritzValues, residuals }) => {
      const atTop = Math.min(top, ritzValues.length);
      return Array.from(ritzValues, (value, place) => [products, pairNumber(place, atTop), value, residuals[place]]);
    }),
  };
}

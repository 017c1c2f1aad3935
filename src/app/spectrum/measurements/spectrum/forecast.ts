/** How long a solve will yet take, by how its residuals have fallen. */
import type { SolveStep } from "../../../../experiment/solve-history.ts";

export interface Forecast {
  /** Products still needed by the trend of the worst wanted residual; null while there is none to be seen. */
  readonly products: number | null;
  /** Until the bound on products. */
  readonly atMost: number;
  readonly secondsPerProduct: number;
}

const fewestSteps = 4;

/** `steps` of one solve for `wanted` pairs, first to latest. Null without steps. */
export function forecast(
  steps: readonly SolveStep[],
  wanted: number,
  tolerance: number,
  maxProducts: number,
): Forecast | null {
  const last = steps.at(-1);
  if (!last || last.products === 0) return null;
  const secondsPerProduct = last.elapsedMs / 1000 / last.products;
  const atMost = Math.max(0, maxProducts - last.products);
  const whole = steps.filter(({ ritzValues }) => ritzValues.length >= wanted);
  const recent = whole.slice(Math.floor(whole.length / 2));
  const products = recent.length >= fewestSteps ? productsToReach(recent, Math.log(tolerance)) : null;
  return { products: products === null ? null : Math.min(products, atMost), atMost, secondsPerProduct };
}

/** Least squares of the logarithm of the worst residual over products, carried on to `goal`. */
function productsToReach(steps: readonly SolveStep[], goal: number): number | null {
  const worst = steps.map(({ products, residuals }) => ({ x: products, y: Math.log(Math.max(...residuals)) }));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(worst.map((point) => point.x)), mean(worst.map((point) => point.y))];
  const covariance = mean(worst.map((point) => (point.x - x) * (point.y - y)));
  const variance = mean(worst.map((point) => (point.x - x) ** 2));
  const slope = covariance / variance;
  if (!(slope < 0)) return null;
  return Math.max(1, Math.ceil((goal - worst.at(-1)!.y) / slope));
}

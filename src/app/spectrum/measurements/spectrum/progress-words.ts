/** How far a solve is, and how long it will yet take. */
import { aboutDuration, countWords, formatCount } from "../../../kit/format.ts";
import type { Forecast } from "./forecast.ts";

/** `usualMost`: products by which a solve of that size has usually ended. */
export function progressWords(
  { products, converged }: { readonly products: number; readonly converged: number },
  wanted: number,
  expected: Forecast | null,
  usualMost: number,
): string {
  const now = `${countWords(products, "product")}, ${converged} of ${wanted} converged`;
  if (!expected) return now;
  const { products: more, atMost, secondsPerProduct } = expected;
  if (more !== null) return `${now}; ${aboutDuration(more * secondsPerProduct)} left`;
  const usual = Math.min(usualMost - products, atMost);
  return usual > 0
    ? `${now}; usually at most ${formatCount(usual)} more, ${aboutDuration(usual * secondsPerProduct)}`
    : `${now}; longer than usual, at most ${formatCount(atMost)} more, ${aboutDuration(atMost * secondsPerProduct)}`;
}

/** A small path over a bowl whose values are known in closed form. */
import type { FigurePath } from "../../../src/app/figure/figure-path.ts";

export const bowl = (alpha: number, beta: number) => 0.5 + alpha * alpha + 2 * beta * beta;

/** `points`: α, β, distance off the plane; losses are the bowl's plus the distance. All measured but for `unmeasured`. */
export function pathOf(
  points: readonly (readonly [number, number, number])[],
  { extent = 2, unmeasured = [] as readonly number[] } = {},
): FigurePath {
  const column = (of: (point: readonly [number, number, number], index: number) => number) =>
    Float64Array.from(points, of);
  const loss = column(([alpha, beta, off], index) =>
    unmeasured.includes(index) ? Number.NaN : bowl(alpha, beta) + off,
  );
  return {
    step: column((_, index) => 20 * index),
    alpha: column(([alpha]) => alpha),
    beta: column(([, beta]) => beta),
    offPlane: column(([, , off]) => off),
    loss,
    lossError: loss.map((value) => value / 100),
    accuracy: loss.map((value) => 1 / (1 + value)),
    measured: Uint8Array.from(points, (_, index) => (unmeasured.includes(index) ? 0 : 1)),
    extent,
    explained: [null, null],
  };
}

/** The implementations worth trying for a problem on a device, best guess first. Untuned plans take the first. */
import type { Lowering } from "../kernel.ts";
import { type DirectVariant, lowerDirect } from "./direct.ts";
import type { KernelProblem } from "./problem.ts";
import { asProduct } from "./product.ts";
import { lanes } from "./register-tile.wgsl.ts";
import type { DeviceTraits } from "./traits.ts";

export function candidates(problem: KernelProblem, traits: DeviceTraits): readonly [Lowering, ...Lowering[]] {
  const exchange = traits.cpu && traits.subgroupSize === 4;
  const [first, ...others] = tiles.map(({ rows, quads }) =>
    lowerDirect(problem, { rows, quads, exchange, slices: slicesFor(problem, rows, quads, exchange) }, traits),
  );
  return [first, ...others];
}

const tiles = [
  { rows: 4, quads: 1 },
  { rows: 8, quads: 1 },
] as const;

/** Slices of k so that a CPU's cores all have several workgroups, each with work enough to repay its partial sums. */
function slicesFor(problem: KernelProblem, rows: number, quads: number, exchange: boolean): DirectVariant["slices"] {
  const product = asProduct(problem);
  const side = lanes({ rows, quads, exchange });
  const tiles = Math.ceil(product.rows / (rows * side)) * Math.ceil(product.columns / (4 * quads * side));
  const steps = product.taps * Math.ceil(product.inner / 4);
  return Math.max(1, Math.min(Math.floor(128 / tiles), Math.floor(steps / 32)));
}

/** The implementations worth trying for a problem on a device, best guess first. Untuned plans take the first. */
import type { Lowering } from "../kernel.ts";
import { directTiling, lower, sharedTiling, stepCount, type Tiling, tileCount } from "./lower.ts";
import type { KernelProblem } from "./problem.ts";
import { asProduct, type Product } from "./product.ts";
import type { DeviceTraits } from "./traits.ts";

export function candidates(problem: KernelProblem, traits: DeviceTraits): readonly [Lowering, ...Lowering[]] {
  const product = asProduct(problem);
  const [best, ...others] = traits.cpu ? onCpu(product, traits) : onGpu(product);
  const lowered = ({ tiling, slices }: Choice) => lower(problem, tiling, slices, traits);
  return [lowered(best), ...others.map(lowered)];
}

interface Choice {
  readonly tiling: Tiling;
  readonly slices: number;
}
type Choices = readonly [Choice, ...Choice[]];

/** Barriers switch contexts on a CPU: none. Two cores keep busy on few tiles; other slices need no other pipeline. */
function onCpu(product: Product, traits: DeviceTraits): Choices {
  const tiling = directTiling(traits.subgroupSize === 4);
  const slices = slicesFor(product, tiling, { tiles: 64, steps: 32 });
  const fewer = Math.ceil(slices / 2);
  const best = { tiling, slices };
  return fewer < slices ? [best, { tiling, slices: fewer }] : [best];
}

/** Large tiles reuse more; small ones, and slices, fill the device when the product has few rows and columns. */
function onGpu(product: Product): Choices {
  const [large, small] = ([64, 32] as const).map((side) => {
    const tiling = sharedTiling(side);
    return { tiling, slices: slicesFor(product, tiling, { tiles: gpuTiles, steps: 32 }) };
  });
  const unsliced = { tiling: small.tiling, slices: 1 };
  const direct = { tiling: directTiling(false), slices: 1 };
  const shared = tileCount(product, large.tiling) >= gpuTiles ? [large, small] : [small, large];
  return [shared[0], shared[1], ...(small.slices > 1 ? [unsliced] : []), direct];
}

/** Workgroups that keep a GPU of a few dozen cores busy. */
const gpuTiles = 256;

/** Slices of k up to about `tiles` tiles in all, each at least `steps` steps, which repay its partial sums. */
const slicesFor = (product: Product, tiling: Tiling, wanted: { tiles: number; steps: number }): number =>
  Math.max(
    1,
    Math.min(Math.floor(wanted.tiles / tileCount(product, tiling)), Math.floor(stepCount(product) / wanted.steps)),
  );

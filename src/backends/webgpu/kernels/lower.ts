/** Launches of a product kernel: its tiles, slices of k, and pairs that exceed one launch's bindings. */
import type { KernelStep, Lowering, StorageBinding } from "../kernel.ts";
import { directKernel, directWorkgroupSize } from "./direct.wgsl.ts";
import { type FrameValues, productFields } from "./frame.wgsl.ts";
import { workgroupGrid } from "./grid.ts";
import type { KernelProblem } from "./problem.ts";
import { asProduct, type Product } from "./product.ts";
import { range } from "./register-tile.wgsl.ts";
import { sharedKernel } from "./shared.wgsl.ts";
import { splitSumKernel, splitSumWorkgroupSize } from "./split-sum.wgsl.ts";
import type { DeviceTraits } from "./traits.ts";

/** A way to tile a product. */
export interface Tiling {
  readonly name: string;
  /** Rows and columns of C that one tile holds, and the tiles that one workgroup computes. */
  readonly rows: number;
  readonly columns: number;
  readonly tilesPerWorkgroup: number;
  kernel(product: Product, pairs: number): string;
}

/** Registers only; `exchange` where subgroups are of four consecutive invocations. */
export const directTiling = (exchange: boolean): Tiling => {
  const side = exchange ? 4 : 1;
  return {
    name: exchange ? "exchange-16x16" : "direct-4x4",
    rows: 4 * side,
    columns: 4 * side,
    tilesPerWorkgroup: directWorkgroupSize / side,
    kernel: (product, pairs) => directKernel(product, pairs, { rows: 4, quads: 1, exchange }),
  };
};

/** Through workgroup memory. */
export const sharedTiling = (side: 32 | 64): Tiling => ({
  name: `shared-${side}x${side}`,
  rows: side,
  columns: side,
  tilesPerWorkgroup: 1,
  kernel: (product, pairs) => sharedKernel(product, pairs, side),
});

export const tileCount = ({ rows, columns }: Product, tiling: Tiling): number =>
  Math.ceil(rows / tiling.rows) * Math.ceil(columns / tiling.columns);

/** Steps of k, four elements each. */
export const stepCount = ({ taps, inner }: Product): number => taps * Math.ceil(inner / 4);

/** `slices` parts of k have their own partial sums, added up by a last launch; with one, the result is written at once. */
export function lower(problem: KernelProblem, tiling: Tiling, slices: number, traits: DeviceTraits): Lowering {
  const product = asProduct(problem);
  const pairsPerLaunch = Math.floor((traits.maxStorageBuffersPerShaderStage - 1) / 2);
  const launches = Math.ceil(problem.pairs / pairsPerLaunch);
  const partials = launches * slices;
  const target: StorageBinding = partials > 1 ? { kind: "scratch", index: 0 } : { kind: "output", index: 0 };
  const steps = range(launches).map((launch): KernelStep => {
    const first = launch * pairsPerLaunch;
    const pairs = Math.min(pairsPerLaunch, problem.pairs - first);
    const values = { ...product.a.fields, ...product.b.fields, ...frame(product, tiling, slices, launch * slices) };
    return {
      code: tiling.kernel(product, pairs),
      storage: [...range(2 * pairs).map((i) => ({ kind: "operand", index: 2 * first + i }) as const), target],
      params: productFields(product).map((field) => values[field]),
      workgroups: workgroupGrid(Math.ceil((values.tiles * slices) / tiling.tilesPerWorkgroup)),
    };
  });
  const count = product.rows * product.columns;
  return {
    variant: `${tiling.name}${slices > 1 ? `-split${slices}` : ""}`,
    steps: partials > 1 ? [...steps, splitSum(count, partials)] : steps,
    scratch: partials > 1 ? [partials * count] : [],
  };
}

function frame(
  product: Product,
  tiling: Tiling,
  slices: number,
  firstSlice: number,
): FrameValues & Record<string, number> {
  const { rows, columns, inner } = product;
  const steps = stepCount(product);
  return {
    rows,
    columns,
    quads: Math.ceil(columns / 4),
    tiles: tileCount(product, tiling),
    tilesAcross: Math.ceil(columns / tiling.columns),
    slices,
    firstSlice,
    sliceSteps: Math.ceil(steps / slices),
    steps,
    tapSteps: Math.ceil(inner / 4),
  };
}

function splitSum(elements: number, slices: number): KernelStep {
  const vectorised = elements % 4 === 0;
  const count = vectorised ? elements / 4 : elements;
  return {
    code: splitSumKernel(vectorised),
    storage: [
      { kind: "scratch", index: 0 },
      { kind: "output", index: 0 },
    ],
    params: [count, slices],
    workgroups: workgroupGrid(Math.ceil(count / splitSumWorkgroupSize)),
  };
}

/** Launches of the barrier-free product kernels: tiles, slices of k, and pairs that exceed one launch's bindings. */
import type { KernelStep, Lowering, StorageBinding } from "../kernel.ts";
import { directFields, directKernel, directWorkgroupSize } from "./direct.wgsl.ts";
import { workgroupGrid } from "./grid.ts";
import type { KernelProblem } from "./problem.ts";
import { asProduct, type Product } from "./product.ts";
import { lanes, type RegisterTile, range } from "./register-tile.wgsl.ts";
import { splitSumKernel, splitSumWorkgroupSize } from "./split-sum.wgsl.ts";
import type { DeviceTraits } from "./traits.ts";

export interface DirectVariant extends RegisterTile {
  /** Parts that k is cut into, each with its own partial sums; 1 writes the result at once. */
  readonly slices: number;
}

export const directName = ({ rows, quads, exchange, slices }: DirectVariant): string =>
  `${exchange ? "exchange" : "direct"}-${rows}x${4 * quads}${slices > 1 ? `-split${slices}` : ""}`;

export function lowerDirect(problem: KernelProblem, variant: DirectVariant, traits: DeviceTraits): Lowering {
  const product = asProduct(problem);
  const perLaunch = Math.floor((traits.maxStorageBuffersPerShaderStage - 1) / 2);
  const launches = Math.ceil(problem.pairs / perLaunch);
  const slices = launches * variant.slices;
  const target: StorageBinding = slices > 1 ? { kind: "scratch", index: 0 } : { kind: "output", index: 0 };
  const steps = range(launches).map((launch) => {
    const first = launch * perLaunch;
    const pairs = Math.min(perLaunch, problem.pairs - first);
    return launchOf(product, variant, { first, pairs, firstSlice: launch * variant.slices, target });
  });
  const count = product.rows * product.columns;
  return {
    variant: directName(variant),
    steps: slices > 1 ? [...steps, splitSum(count, slices)] : steps,
    scratch: slices > 1 ? [slices * count] : [],
  };
}

interface Launch {
  readonly first: number;
  readonly pairs: number;
  readonly firstSlice: number;
  readonly target: StorageBinding;
}

function launchOf(product: Product, variant: DirectVariant, { first, pairs, firstSlice, target }: Launch): KernelStep {
  const { rows, columns, taps, inner, a, b } = product;
  const side = lanes(variant);
  const quads = Math.ceil(columns / 4);
  const tilesAcross = Math.ceil(quads / (side * variant.quads));
  const tiles = tilesAcross * Math.ceil(rows / (side * variant.rows));
  const tapSteps = Math.ceil(inner / 4);
  const steps = taps * tapSteps;
  const sliceSteps = Math.ceil(steps / variant.slices);
  const frame = {
    rows,
    quads,
    columns,
    tiles,
    tilesAcross,
    slices: variant.slices,
    firstSlice,
    sliceSteps,
    steps,
    tapSteps,
  };
  const values: Record<string, number> = { ...a.fields, ...b.fields, ...frame };
  return {
    code: directKernel(product, pairs, variant),
    storage: [...range(2 * pairs).map((i) => ({ kind: "operand", index: 2 * first + i }) as const), target],
    params: directFields(product).map((field) => values[field]),
    workgroups: workgroupGrid(Math.ceil((tiles * variant.slices * side) / directWorkgroupSize)),
  };
}

export function splitSum(elements: number, slices: number): KernelStep {
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

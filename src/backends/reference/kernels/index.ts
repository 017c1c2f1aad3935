/** The reference kernel of every primitive. */
import type { PrimitiveName } from "../../../tensor/primitives/index.ts";
import type { Kernel } from "../kernel.ts";
import { imageBatch, oneHot, takeLabels } from "./batch.ts";
import { conv2d, conv2dFilterGrad, conv2dInputGrad } from "./conv2d.ts";
import {
  add,
  divide,
  erf,
  exp,
  log1p,
  multiply,
  negate,
  rsqrt,
  select,
  sigmoid,
  sqrt,
  step,
  subtract,
  tanh,
} from "./elementwise.ts";
import { broadcast, concat, pad, reshape, slice, transpose } from "./layout.ts";
import { matmul } from "./matmul.ts";
import { gatherWindow, poolArgmax, scatterWindow, spreadWindow, windowSum } from "./pool.ts";
import { max, sum } from "./reduction.ts";

/** Inputs have no kernel: their contents are bound or fed. */
export type ComputedName = Exclude<PrimitiveName, "input">;

export const kernels = {
  constant: ({ attributes }, _, result) => result.fill(attributes.value),
  add,
  subtract,
  multiply,
  divide,
  negate,
  exp,
  log1p,
  sqrt,
  rsqrt,
  tanh,
  sigmoid,
  erf,
  step,
  select,
  broadcast,
  sum,
  max,
  reshape,
  transpose,
  slice,
  pad,
  concat,
  matmul,
  conv2d,
  conv2dInputGrad,
  conv2dFilterGrad,
  poolArgmax,
  gatherWindow,
  scatterWindow,
  windowSum,
  spreadWindow,
  imageBatch,
  takeLabels,
  oneHot,
} satisfies { [Name in ComputedName]: Kernel<Name> };

/** The kernel of every primitive that loops and views do not cover. */
import type { PrimitiveName } from "../../../../tensor/primitives/index.ts";
import type { Value } from "../../../../tensor/program.ts";
import type { ElementwiseName } from "../fusion.ts";
import type { CreateKernel, Kernel } from "../kernel.ts";
import { imageBatch, oneHot, takeLabels } from "./batch.ts";
import { conv2d, conv2dInputGrad } from "./conv2d.ts";
import { conv2dFilterGrad } from "./conv2d-filter-grad.ts";
import { broadcast, pad, slice, transpose } from "./layout.ts";
import { matmul } from "./matmul.ts";
import { gatherWindow, poolArgmax, scatterWindow } from "./pool.ts";
import { max, sum } from "./reduction.ts";
import { spreadWindow, windowSum } from "./window-sums.ts";

type KernelName = Exclude<PrimitiveName, ElementwiseName | "input" | "constant" | "reshape" | "concat">;

const kernels = {
  broadcast,
  sum,
  max,
  transpose,
  slice,
  pad,
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
} satisfies { [Name in KernelName]: CreateKernel<Name> };

/** The map's keys are the names of the values that its members take. */
export const createKernel = (value: Value): Kernel =>
  (kernels[value.primitive.name as KernelName] as (value: Value) => Kernel)(value);

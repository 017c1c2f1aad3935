/** The operation of every primitive that is computed from tensors alone; `imageBatch` also reads bytes. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type { PrimitiveName } from "../../../../tensor/primitives/index.ts";
import type { Value } from "../../../../tensor/program.ts";
import type { Operation } from "../operation.ts";
import { oneHot, takeLabels } from "./batch.ts";
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
import { broadcast, concat, constant, max, pad, reshape, slice, sum, transpose } from "./movement.ts";
import { gatherWindow, poolArgmax, scatterWindow, spreadWindow, windowSum } from "./pool.ts";
import { conv2d, conv2dFilterGrad, conv2dInputGrad, matmul } from "./products.ts";

type OperationName = Exclude<PrimitiveName, "input" | "imageBatch">;

const operations = {
  constant,
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
  takeLabels,
  oneHot,
} satisfies { [Name in OperationName]: Operation<Name> };

type AnyOperation = (value: Value, operands: readonly Tensor[]) => Tensor;

/** The map's keys are the names of the values that its members take. */
export const operationOf = ({ primitive }: Value): AnyOperation =>
  operations[primitive.name as OperationName] as AnyOperation;

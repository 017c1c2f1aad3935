/** What an operation is: a primitive carried out by tfjs's own ops. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type { PrimitiveName, ValueOf } from "../../../tensor/primitives/index.ts";

/** Computes a new tensor from the operands'. Intermediate tensors may be left: they are tidied up. */
export type Operation<Name extends PrimitiveName> = (value: ValueOf<Name>, operands: readonly Tensor[]) => Tensor;

/**
 * Where a model's tensors lie in its flat vectors. Every tensor begins at a multiple of four floats, so that a layer can
 * read it as vec4; the gaps are zero, take no part in training and are not counted as parameters.
 */
import { concat, constant, reshape, slice } from "../tensor/primitives/index.ts";
import { elementCount, type Shape, ShapeError, type Value } from "../tensor/program.ts";

/** `running…` are state, the rest parameters. */
export type TensorRole =
  | "weight"
  | "bias"
  | "scale"
  | "batchNormScale"
  | "batchNormShift"
  | "runningMean"
  | "runningVariance";

/**
 * One tensor of a model. Natively the output channel is the last axis of every weight: HWIO for convolutions, [in, out]
 * for dense layers. PyTorch keeps it first.
 */
export interface TensorDeclaration {
  readonly role: TensorRole;
  readonly shape: Shape;
  /** The shape in a PyTorch state dict. */
  readonly torchShape: Shape;
  /** What initial draws are multiplied by, whatever the scheme; absent: 1. */
  readonly initialScale?: number;
  /** The native axes in PyTorch's order; axes that PyTorch flattens into one stand side by side. */
  readonly torchAxes: readonly number[];
}

export interface LayoutEntry extends TensorDeclaration {
  /** The name in a PyTorch state dict. */
  readonly name: string;
  /** Index of the first float, a multiple of four. */
  readonly offset: number;
  /** Floats, without what follows up to the next tensor. */
  readonly length: number;
}

export interface Layout {
  readonly entries: readonly LayoutEntry[];
  /** Floats that belong to a tensor: P for parameters. */
  readonly count: number;
  /** Floats of the flat vector, zeros between tensors included; a multiple of four. */
  readonly length: number;
}

const alignment = 4;
const alignedLength = (length: number): number => Math.ceil(length / alignment) * alignment;

/** Lays tensors out one after another. */
export function createLayout(tensors: readonly (TensorDeclaration & { readonly name: string })[]): Layout {
  let offset = 0;
  let count = 0;
  const entries = tensors.map((tensor): LayoutEntry => {
    const length = elementCount(tensor.shape);
    const entry = { ...tensor, offset, length };
    offset += alignedLength(length);
    count += length;
    return entry;
  });
  return { entries, count, length: offset };
}

/** The tensors of a traced flat vector [layout.length], each of its native shape. */
export const viewTensors = (layout: Layout, flat: Value): Value[] =>
  layout.entries.map(({ offset, length, shape }) => reshape(slice(flat, [offset], [length]), shape));

/** The reverse of `viewTensors`: one flat vector, zeros in the gaps. */
export function flattenTensors(layout: Layout, tensors: readonly Value[]): Value {
  if (tensors.length !== layout.entries.length)
    throw new ShapeError(`${tensors.length} tensors for a layout of ${layout.entries.length}`);
  const pieces = layout.entries.flatMap(({ length }, i) => {
    const gap = alignedLength(length) - length;
    const piece = reshape(tensors[i], [length]);
    return gap > 0 ? [piece, constant(0, [gap])] : [piece];
  });
  return concat(pieces, 0);
}

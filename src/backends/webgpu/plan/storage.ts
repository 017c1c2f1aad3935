/**
 * Decides which values get memory. Everything else is recomputed inside the kernels that use it: elementwise arithmetic
 * costs less than the trip to memory, and rearrangements are index arithmetic.
 */
import { concatPrimitive } from "../../../tensor/primitives/extent.ts";
import { elementCount, isA, topologicalOrder, type Value } from "../../../tensor/program.ts";
import { viewOf } from "./views.ts";

export const opaqueNames: ReadonlySet<string> = new Set(["matmul", "conv2d", "conv2dInputGrad", "conv2dFilterGrad"]);
const alwaysStored = new Set([...opaqueNames, "sum", "max", "poolArgmax", "windowSum"]);

/** An elementwise value used more than once and reading more large tensors than this is computed once and kept. */
const recomputedReads = 3;
const largeElements = 2048;

export const isInput = (value: Value): boolean => value.primitive.name === "input";

/** Whether a concat is a row of its operands in memory, which are then computed in place. */
export const isAssembled = (value: Value): boolean => isA(value, concatPrimitive) && value.attributes.axis === 0;

/** The values of `outputs` and below that get memory of their own, in topological order. Inputs have theirs already. */
export function chooseStored(outputs: readonly Value[], maxReads: number): Value[] {
  const order = topologicalOrder(outputs);
  const stored = new Set<Value>();
  const hasMemory = (value: Value) => stored.has(value) || isInput(value);
  for (const value of order) {
    if (alwaysStored.has(value.primitive.name) || isAssembled(value)) stored.add(value);
  }
  for (const output of outputs) {
    if (!hasMemory(viewOf(output, hasMemory).root)) stored.add(viewOf(output, hasMemory).root);
  }
  for (const value of order) {
    if (opaqueNames.has(value.primitive.name)) for (const operand of value.operands) storeOperand(operand, stored);
  }
  storeSharedAndWide(order, stored, maxReads);
  return order.filter((value) => stored.has(value));
}

/** Opaque kernels read whole tensors from element offsets that are multiples of four. */
function storeOperand(operand: Value, stored: Set<Value>): void {
  const hasMemory = (value: Value) => stored.has(value) || isInput(value);
  const { root, offset } = viewOf(operand, hasMemory);
  if (!hasMemory(root)) stored.add(root);
  if (offset % 4 !== 0) stored.add(operand);
}

function storeSharedAndWide(order: readonly Value[], stored: Set<Value>, maxReads: number): void {
  const users = new Map<Value, number>();
  for (const value of order)
    for (const operand of new Set(value.operands)) users.set(operand, (users.get(operand) ?? 0) + 1);
  const reads = new Map<Value, ReadonlySet<Value>>();
  const isStored = (value: Value) => stored.has(value) || isInput(value);
  const readsBy = ({ operands }: Value): ReadonlySet<Value> =>
    new Set(
      operands.flatMap((operand) => {
        const { root } = viewOf(operand, isStored);
        return isStored(root) ? [root] : [...(reads.get(operand) ?? [])];
      }),
    );
  for (const value of order) {
    if (!opaqueNames.has(value.primitive.name) && !isAssembled(value))
      storeWidest(value, reads, stored, maxReads, readsBy);
    const own = readsBy(value);
    reads.set(value, own);
    if (stored.has(value) || isInput(value)) continue;
    const large = [...own].filter((read) => elementCount(read.type.shape) > largeElements);
    const isShared = (users.get(value) ?? 0) > 1 && large.length > recomputedReads;
    if (isShared || own.size > maxReads) stored.add(value);
  }
}

/** Stores operands of `value`, those that read most first, until a kernel can bind all that it reads. */
function storeWidest(
  value: Value,
  reads: ReadonlyMap<Value, ReadonlySet<Value>>,
  stored: Set<Value>,
  maxReads: number,
  readsBy: (value: Value) => ReadonlySet<Value>,
): void {
  const width = (operand: Value) => reads.get(operand)?.size ?? 0;
  const widestFirst = [...value.operands].sort((a, b) => width(b) - width(a));
  for (const operand of widestFirst) {
    if (readsBy(value).size <= maxReads) return;
    const { root } = viewOf(operand, (other) => stored.has(other) || isInput(other));
    if (!isInput(root)) stored.add(root);
  }
}

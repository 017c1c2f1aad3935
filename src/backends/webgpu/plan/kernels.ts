/** The plan's kernels: what each computes and which memory it touches. */
import { reshapePrimitive } from "../../../tensor/primitives/layout.ts";
import { gatherWindowPrimitive } from "../../../tensor/primitives/pool.ts";
import { keptAxes, maxPrimitive, sumPrimitive } from "../../../tensor/primitives/reductions.ts";
import { elementCount, isA, type Shape, type Value } from "../../../tensor/program.ts";
import { isElementwise } from "../../../tensor/simplify/match.ts";
import { overlaps, type PlanTensor, sameMemory, samePlace, type TensorRange, wholeRange } from "./tensors.ts";
import { viewOf } from "./views.ts";

/** A value and the memory it is written to. */
export interface Store {
  readonly value: Value;
  readonly target: PlanTensor;
  /** The value has memory elsewhere (or is constant) and is copied here. */
  readonly isCopy: boolean;
  /** Where a copy is read from, when not where the value lies at first: it may be overwritten by then. */
  readonly source?: PlanTensor;
}

/** Every element of `domain` computed once and written to all stores. */
export interface MapKernel {
  readonly kind: "map";
  readonly domain: Shape;
  readonly stores: readonly Store[];
}

/** Sums or maxima over `axes` of `domain`; `stores` may hold elementwise functions of them beside themselves. */
export interface ReduceKernel {
  readonly kind: "reduce";
  readonly domain: Shape;
  readonly axes: readonly number[];
  readonly reductions: readonly Value[];
  readonly stores: readonly Store[];
}

/** A convolution or matrix product by a kernel of `kernels/`. */
export interface OpaqueKernel {
  readonly kind: "opaque";
  readonly stores: readonly [Store];
}

export type PlanKernel = MapKernel | ReduceKernel | OpaqueKernel;

/** Where a value's contents lie, when they lie in memory at all. */
export type Locate = (value: Value) => TensorRange | null;

const isReduction = (value: Value): boolean => isA(value, sumPrimitive) || isA(value, maxPrimitive);

/** The kernel that computes one store. */
export function kernelOf(store: Store): PlanKernel {
  const { value } = store;
  if (store.isCopy || !(isReduction(value) || isOpaque(value)))
    return { kind: "map", domain: value.type.shape, stores: [store] };
  if (isA(value, sumPrimitive) || isA(value, maxPrimitive)) {
    const { shape } = value.operands[0].type;
    return { kind: "reduce", domain: shape, axes: value.attributes.axes, reductions: [value], stores: [store] };
  }
  return { kind: "opaque", stores: [store] };
}

const isOpaque = ({ primitive: { name } }: Value): boolean => name === "matmul" || name.startsWith("conv2d");

export const writesOf = (kernel: PlanKernel): TensorRange[] =>
  kernel.stores.map(({ target }) => ({ tensor: target, offset: 0, elements: target.elements }));

/** The shape of a kernel's result: its domain, or what a reduction leaves of it. */
export const resultShape = (kernel: MapKernel | ReduceKernel): Shape =>
  kernel.kind === "map"
    ? kernel.domain
    : keptAxes(kernel.domain.length, kernel.axes).map((axis) => kernel.domain[axis]);

export interface Read {
  readonly range: TensorRange;
  /** Whether element i of the kernel's result reads element i of the range and no other. */
  readonly identical: boolean;
}

/** Values that a kernel has for every element of its result. */
export const registersOf = (kernel: MapKernel | ReduceKernel): ReadonlySet<Value> => {
  const computed = kernel.stores.filter(({ isCopy }) => !isCopy).map(({ value }) => value);
  return new Set(kernel.kind === "reduce" ? [...kernel.reductions, ...computed] : computed);
};

/** Whether element i of a value depends on element i of its operand number `operand` and no other element of it. */
const keepsPlace = (value: Value, operand: number): boolean =>
  isElementwise(value) || isA(value, reshapePrimitive) || (isA(value, gatherWindowPrimitive) && operand === 1);

/** `readsOf` that remembers: kernels never change. */
export function createReader(locate: Locate): ReadsOf {
  const known = new WeakMap<PlanKernel, readonly Read[]>();
  return (kernel) => {
    const reads = known.get(kernel) ?? readsOf(kernel, locate);
    known.set(kernel, reads);
    return reads;
  };
}
export type ReadsOf = (kernel: PlanKernel) => readonly Read[];

/**
 * Whether a kernel could read an element after it has overwritten it. An opaque kernel must not even write the tensor
 * that it reads: it binds them apart.
 */
export const overwritesOwnReads = (kernel: PlanKernel, readsOfKernel: ReadsOf): boolean =>
  readsOfKernel(kernel).some(({ range, identical }) =>
    writesOf(kernel).some((write) =>
      kernel.kind === "opaque"
        ? sameMemory(wholeRange(range).tensor, wholeRange(write).tensor)
        : overlaps(range, write) && !(identical && samePlace(range, write)),
    ),
  );

/** All memory a kernel reads. */
function readsOf(kernel: PlanKernel, locate: Locate): Read[] {
  if (kernel.kind === "opaque") {
    return kernel.stores[0].value.operands.map((operand) => ({ range: located(operand, locate), identical: false }));
  }
  const registers = registersOf(kernel);
  const size = elementCount(resultShape(kernel));
  const reads: Read[] = [];
  const seen = new Set<string>();
  const visit = (value: Value, identical: boolean) => {
    const key = `${value.id} ${identical}`;
    if (seen.has(key) || (identical && registers.has(value))) return;
    seen.add(key);
    const range = locate(value);
    if (range) reads.push({ range, identical: identical && range.elements === size });
    else visitOperands(value, identical);
  };
  const visitOperands = (value: Value, identical: boolean) => {
    value.operands.forEach((operand, i) => {
      visit(operand, identical && keepsPlace(value, i));
    });
  };
  const reductions = kernel.kind === "reduce" ? kernel.reductions : [];
  for (const reduction of reductions) visit(reduction.operands[0], false);
  for (const { value, isCopy, source } of kernel.stores) {
    if (source) reads.push({ range: { tensor: source, offset: 0, elements: source.elements }, identical: true });
    else if (isCopy) visit(value, true);
    else if (!reductions.includes(value)) visitOperands(value, true);
  }
  return reads;
}

function located(value: Value, locate: Locate): TensorRange {
  const range = locate(value);
  if (!range) throw new Error(`${value.primitive.name} has no memory`);
  return range;
}

/** Finds memory through views, given the tensors of stored values and inputs. */
export const createLocate =
  (tensors: ReadonlyMap<Value, PlanTensor>): Locate =>
  (value) => {
    const { root, offset } = viewOf(value, (candidate) => tensors.has(candidate));
    const tensor = tensors.get(root);
    return tensor ? { tensor, offset, elements: elementCount(value.type.shape) } : null;
  };

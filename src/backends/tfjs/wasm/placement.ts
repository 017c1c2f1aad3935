/**
 * Where stored values lie. Reshapes and slices of whole runs are views; the parts of a flat vector are written where they
 * belong in it by whatever computes them.
 */
import { primitives, type ValueOf } from "../../../tensor/primitives/index.ts";
import { elementCount, isA, type TensorType, type Value } from "../../../tensor/program.ts";
import { isInlineable } from "./fusion.ts";
import { stridesOf } from "./kernels/copies.ts";
import { type Block, createBlock } from "./memory-plan.ts";

export interface Place {
  readonly block: Block;
  /** Distance from the start of the memory, in bytes. */
  readonly offset: number;
}

export const addressOf = ({ block, offset }: Place): number => block.address + offset;

const elementBytes = ({ dtype }: TensorType): number => (dtype === "byte" ? 1 : 4);
export const byteCount = (type: TensorType): number => elementBytes(type) * elementCount(type.shape);

/** Whether a slice's elements lie side by side in its operand. */
function isRun({ operands: [x], attributes: { shape } }: ValueOf<"slice">): boolean {
  const cut = shape.findLastIndex((size, axis) => size !== x.type.shape[axis]);
  return shape.slice(0, Math.max(0, cut)).every((size) => size === 1);
}

/** The operand that `value` is a view of, and where it begins in it, in elements; null when it has memory of its own. */
function viewOf(value: Value): { base: Value; start: number } | null {
  if (isA(value, primitives.reshape)) return { base: value.operands[0], start: 0 };
  if (!isA(value, primitives.slice) || !isRun(value)) return null;
  const strides = stridesOf(value.operands[0].type.shape);
  const start = value.attributes.start.reduce((offset, i, axis) => offset + i * strides[axis], 0);
  return { base: value.operands[0], start };
}

export const isView = (value: Value): boolean => viewOf(value) !== null;

export class Placement {
  readonly #places = new Map<Value, Place>();
  readonly #inPlace = new Map<Value, ReadonlySet<number>>();

  /** `order` holds the program's values, operands first; `fixed` the blocks of inputs; `stored` as chosen by fusion. */
  constructor(order: readonly Value[], fixed: ReadonlyMap<Value, Block>, stored: ReadonlySet<Value>) {
    for (const [value, block] of fixed) this.#places.set(value, { block, offset: 0 });
    for (const value of [...order].reverse()) if (isA(value, primitives.concat)) this.#placeParts(value);
    for (const value of order) {
      if (!this.#places.has(value) && (stored.has(value) || !isInlineable(value))) this.#place(value);
    }
  }

  /** Undefined for values that are computed in registers. */
  find(value: Value): Place | undefined {
    return this.#places.get(value);
  }

  /** Throws for values that are computed in registers. */
  of(value: Value): Place {
    const place = this.#places.get(value);
    if (!place) throw new Error(`a ${value.primitive.name} has no memory`);
    return place;
  }

  /** Whether a part of a concat is computed where it belongs. */
  isInPlace(concat: Value, operand: number): boolean {
    return this.#inPlace.get(concat)?.has(operand) ?? false;
  }

  #place(value: Value): Place {
    const known = this.#places.get(value);
    if (known) return known;
    const view = viewOf(value);
    const base = view && this.#place(view.base);
    const place = base
      ? { block: base.block, offset: base.offset + view.start * elementBytes(value.type) }
      : { block: createBlock(value.primitive.name, byteCount(value.type)), offset: 0 };
    this.#places.set(value, place);
    return place;
  }

  #placeParts(value: ValueOf<"concat">): void {
    const { axis } = value.attributes;
    if (value.type.shape.slice(0, axis).some((size) => size !== 1)) return;
    const whole = this.#place(value);
    const inPlace = new Set<number>();
    let offset = whole.offset;
    value.operands.forEach((operand, i) => {
      let source = operand;
      while (isA(source, primitives.reshape)) source = source.operands[0];
      if (!this.#places.has(source) && !isView(source)) {
        this.#places.set(source, { block: whole.block, offset });
        inPlace.add(i);
      }
      offset += byteCount(operand.type);
    });
    this.#inPlace.set(value, inPlace);
  }
}

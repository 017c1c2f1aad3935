/**
 * Gives every stored value its memory: outputs go to the caller's tensors or to the fetch buffer, pieces of an assembled
 * vector straight into it, everything else to temporaries. What cannot be computed in place gets a copy.
 */
import { type DType, elementCount, type Program, type Value } from "../../../tensor/program.ts";
import type { Bindings } from "../../backend.ts";
import { createLocate, type Locate, type Store } from "./kernels.ts";
import { chooseStored, isAssembled, isInput, opaqueNames } from "./storage.ts";
import { type Place, type PlanTensor, samePlace } from "./tensors.ts";

export interface Placement {
  readonly locate: Locate;
  /** Stores in topological order of their values; copies come last. */
  readonly stores: readonly Store[];
  readonly tensors: readonly PlanTensor[];
  readonly feed: HostLayout;
  readonly fetch: HostLayout;
}

/** Where named values lie in the feed or fetch buffer of one run. */
export interface HostLayout {
  readonly entries: readonly HostEntry[];
  readonly bytes: number;
}
export interface HostEntry {
  readonly name: string;
  readonly value: Value;
  /** Distance from the start of the buffer, in 4-byte words. */
  readonly offset: number;
}

/** Words of a tensor in GPU memory, a multiple of four (16 bytes, one vector). */
export const paddedWords = (elements: number, dtype: DType): number =>
  Math.ceil((dtype === "byte" ? elements / 4 : elements) / 4) * 4;

export function placeValues(program: Program, bindings: Bindings, maxReads: number): Placement {
  const tensors: PlanTensor[] = [];
  const byValue = new Map<Value, PlanTensor>();
  const createTensor = (value: Value, place: Place): PlanTensor => {
    const { dtype, shape } = value.type;
    const tensor: PlanTensor = { id: tensors.length, value, elements: elementCount(shape), dtype, place };
    tensors.push(tensor);
    return tensor;
  };

  const feed = createHostLayout();
  for (const [name, value] of Object.entries(program.inputs)) {
    const bound = bindings.inputs?.[name];
    const place: Place = bound ? { kind: "bound", tensor: bound } : { kind: "feed", offset: feed.add(name, value) };
    byValue.set(value, createTensor(value, place));
  }

  const stored = chooseStored(Object.values(program.outputs), maxReads);
  for (const value of stored) byValue.set(value, createTensor(value, { kind: "temporary" }));
  const locate = createLocate(byValue);
  const copies: Store[] = [];
  const placed = new Set<PlanTensor>();
  /**
   * Computes `value` at `place`, or copies it there when its memory is elsewhere already. Opaque kernels do not write to
   * the fetch buffer: they might read from it too.
   */
  const computeAt = (value: Value, place: Place): void => {
    const range = locate(value);
    const mayMove = place.kind !== "fetch" || !opaqueNames.has(value.primitive.name);
    const owner = range && range.offset === 0 && range.elements === range.tensor.elements ? range.tensor : null;
    if (mayMove && owner && owner.place.kind === "temporary" && !placed.has(owner)) {
      owner.place = place;
      placed.add(owner);
      return;
    }
    const target = createTensor(value, place);
    const whole = { tensor: target, offset: 0, elements: target.elements };
    const isThere = range !== null && samePlace(range, whole);
    if (!isThere) copies.push({ value, target, isCopy: true });
  };

  const fetch = createHostLayout();
  for (const [name, value] of Object.entries(program.outputs)) {
    const bound = bindings.outputs?.[name];
    computeAt(value, bound ? { kind: "bound", tensor: bound } : { kind: "fetch", offset: fetch.add(name, value) });
  }
  for (const value of [...stored].reverse().filter(isAssembled)) {
    const whole = byValue.get(value)!;
    let offset = 0;
    for (const operand of value.operands) {
      computeAt(operand, { kind: "part", whole, offset });
      offset += elementCount(operand.type.shape);
    }
  }
  const computed = stored.filter((value) => !isAssembled(value) && !isInput(value));
  const stores = computed.map((value) => ({ value, target: byValue.get(value)!, isCopy: false }));
  return { locate, stores: [...stores, ...copies], tensors, feed: feed.layout(), fetch: fetch.layout() };
}

function createHostLayout() {
  const entries: HostEntry[] = [];
  let words = 0;
  return {
    add(name: string, value: Value): number {
      const offset = words;
      entries.push({ name, value, offset });
      words += paddedWords(elementCount(value.type.shape), value.type.dtype);
      return offset;
    },
    layout: (): HostLayout => ({ entries, bytes: words * 4 }),
  };
}

/** What the rules of single primitives need of the kernel that is being written. */
import type { Value } from "../../../tensor/program.ts";
import type { PlaceIn, Term } from "./place-in.ts";
import type { KernelWriter } from "./writer.ts";

export interface Expressions {
  readonly writer: KernelWriter;
  /** The value at a place: `lanes` numbers. */
  at(value: Value, place: PlaceIn): Term;
  /** One byte of a tensor in memory, at a byte address. */
  byteAt(value: Value, address: Term): string;
  /** The largest element of the window whose position `argmax` is, when this kernel has found it. */
  bestOf(argmax: Value, place: PlaceIn): Term | null;
  defineBest(argmax: Value, place: PlaceIn, term: Term): void;
}

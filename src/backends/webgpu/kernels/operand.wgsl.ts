/**
 * How a product C = A·B reads its operands, as pieces of WGSL that any loop structure can be put around. An operand is
 * read in vec4s at slots: along k, a slot is a row of A or a column of B; across, a quad of them. Indices count the
 * buffer's elements: vec4s where `vectorised`, else scalars.
 */
import type { Axis } from "./register-tile.wgsl.ts";

export interface OperandText {
  readonly axis: Axis;
  readonly vectorised: boolean;
  /** Uniforms this operand reads; each is in scope under its name. */
  readonly fields: Readonly<Record<string, number>>;
  /** Statements once per slot, given the index of its row, column or quad. */
  setup(slot: number, index: string): string;
  /** Statements once per slot and tap of the filter (`tap` is in scope). */
  perTap?(slot: number): string;
  /** Statements once per slot and `step`, four steps of k. */
  perStep?(slot: number): string;
  /** vec4f at `step` (along k) or at k = 4·step + j (across); `read` gives a buffer element. */
  load(slot: number, j: string, read: (index: string) => string): string;
}

/** A vec4 at `index`, or four scalars from it. */
export const quad = (vectorised: boolean, index: string, read: (index: string) => string): string =>
  vectorised ? read(index) : `vec4f(${[0, 1, 2, 3].map((i) => read(`${index} + ${i}u`)).join(", ")})`;

/** The elements of `value` whose k is below `extent`; zero elsewhere, whatever the buffer holds there. */
export const belowExtent = (value: string, extent: string): string =>
  `select(vec4f(), ${value}, vec4u(4u * step) + vec4u(0u, 1u, 2u, 3u) < vec4u(${extent}))`;

/** The extent's share of a pitch: in vec4s where the buffer is one of vec4s. */
export const units = (vectorised: boolean, extent: number): number => (vectorised ? extent / 4 : extent);

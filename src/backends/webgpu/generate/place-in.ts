/**
 * A place inside a tensor, while code is generated: its coordinates and its row-major number, each written out only when
 * something asks for it and in the outermost scope that knows it, which moves loop-invariant work out of loops.
 */
import type { Shape } from "../../../tensor/program.ts";
import type { KernelWriter, Scope } from "./writer.ts";

/** A u32 expression and the scope in which it is known. */
export interface Term {
  readonly text: string;
  readonly scope: Scope;
}

export const deepest = (terms: readonly { readonly scope: Scope }[], least: Scope): Scope =>
  terms.reduce((scope, term) => (term.scope.depth > scope.depth ? term.scope : scope), least);

export interface PlaceIn {
  readonly shape: Shape;
  /** 4 when the place stands for four neighbours along the last axis, of which it is the first. */
  readonly lanes: 1 | 4;
  /** Equal for equal places. */
  readonly key: string;
  linear(): Term;
  coordinates(): readonly Term[];
}

/** A place given by its row-major number. */
export function placeAt(writer: KernelWriter, shape: Shape, linear: Term, lanes: 1 | 4): PlaceIn {
  let coordinates: Term[] | null = null;
  return {
    shape,
    lanes,
    key: `${shape.join("x")}@${linear.text}/${lanes}`,
    linear: () => linear,
    coordinates() {
      coordinates ??= decompose(writer, shape, linear);
      return coordinates;
    },
  };
}

/** A place given by its coordinates. */
export function placeOf(writer: KernelWriter, shape: Shape, coordinates: readonly Term[], lanes: 1 | 4): PlaceIn {
  let linear: Term | null = null;
  return {
    shape,
    lanes,
    key: `${shape.join("x")}@${coordinates.map(({ text }) => text).join(",")}/${lanes}`,
    linear() {
      linear ??= compose(writer, shape, coordinates);
      return linear;
    },
    coordinates: () => coordinates,
  };
}

/** A place of which both are known. */
export const placeWith = (
  shape: Shape,
  linear: () => Term,
  coordinates: () => readonly Term[],
  lanes: 1 | 4,
  key: string,
): PlaceIn => ({ shape, lanes, key, linear, coordinates });

export function decompose(writer: KernelWriter, shape: Shape, { text, scope }: Term): Term[] {
  const coordinates: Term[] = [];
  let rest = text;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (axis === 0) {
      coordinates.unshift({ text: rest, scope });
      break;
    }
    const size = writer.let(writer.top, writer.uniform(shape[axis]));
    const quotient = writer.let(scope, `${rest} / ${size}`);
    coordinates.unshift({ text: writer.let(scope, `${rest} - ${quotient} * ${size}`), scope });
    rest = quotient;
  }
  return coordinates;
}

function compose(writer: KernelWriter, shape: Shape, coordinates: readonly Term[]): Term {
  const scope = deepest(coordinates, writer.top);
  if (coordinates.length === 0) return { text: "0u", scope };
  let text = coordinates[0].text;
  for (let axis = 1; axis < shape.length; axis++) {
    text = `(${text}) * ${writer.uniform(shape[axis])} + ${coordinates[axis].text}`;
  }
  return { text: coordinates.length > 1 ? writer.let(scope, text) : text, scope };
}

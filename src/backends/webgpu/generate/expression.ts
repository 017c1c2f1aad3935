/**
 * Writes a value at a place as WGSL, recomputing whatever has no memory. Each value is written once a place; work that
 * does not depend on an inner loop lands outside it.
 */
import { type AnyValue, asAny } from "../../../tensor/primitives/index.ts";
import { invertPermutation } from "../../../tensor/primitives/layout.ts";
import { elementCount, type Value } from "../../../tensor/program.ts";
import { ProgramError } from "../../backend.ts";
import { imageBatchAt, labelAt, oneHotAt } from "./batch.ts";
import { elementwiseExpression } from "./elementwise.ts";
import type { Expressions } from "./expressions.ts";
import { concatAt, padAt } from "./extent.ts";
import { deepest, type PlaceIn, placeAt, placeOf, type Term } from "./place-in.ts";
import { spreadAt, windowSumAt } from "./window-sums.ts";
import { gatherAt, poolArgmaxAt, scatterAt } from "./windows.ts";
import { type Access, type KernelWriter, type Offset, wgslType } from "./writer.ts";

/** Where a value is read from, when it is in memory. */
export type Find = (value: Value) => Access | null;

/** The same before it is known in which buffer, for which the offset may be one from any multiple of four. */
export type FindOffset = (value: Value) => Offset | null;

export class Expression implements Expressions {
  private readonly known = new Map<string, Term>();

  /** `find` must not name memory for a value that this kernel computes itself and `compute`s. */
  constructor(
    readonly writer: KernelWriter,
    private readonly find: Find,
  ) {}

  /** Makes `term` stand for `value` at `place`. */
  define(value: Value, place: PlaceIn, term: Term): void {
    this.known.set(keyOf(value, place), term);
  }

  definition(value: Value, place: PlaceIn): Term | null {
    return this.known.get(keyOf(value, place)) ?? null;
  }

  bestOf(argmax: Value, place: PlaceIn): Term | null {
    return this.known.get(`best ${keyOf(argmax, place)}`) ?? null;
  }

  defineBest(argmax: Value, place: PlaceIn, term: Term): void {
    this.known.set(`best ${keyOf(argmax, place)}`, term);
  }

  byteAt(value: Value, address: Term): string {
    const access = this.find(value);
    if (!access) throw new ProgramError("bytes are read from memory only");
    const word = this.writer.let(address.scope, this.writer.load(access, `(${address.text} >> 2u)`, 1));
    return this.writer.let(address.scope, `(${word} >> ((${address.text} & 3u) * 8u)) & 255u`);
  }

  at(value: Value, place: PlaceIn): Term {
    const known = this.definition(value, place);
    if (known) return known;
    const access = this.find(value);
    const term = access ? this.load(access, place) : this.compute(value, place);
    this.define(value, place, term);
    return term;
  }

  /** The value itself, whether or not it lies in memory somewhere. */
  compute(value: Value, place: PlaceIn): Term {
    const name = value.primitive.name;
    if (name === "constant") return this.constant(asAny(value), place);
    const elementwise = this.elementwise(value, place);
    return elementwise ?? this.rearrangement(asAny(value), place);
  }

  /** What lies in memory at a place. */
  load(access: Access, place: PlaceIn): Term {
    const { text, scope } = place.linear();
    return { text: this.writer.let(scope, this.writer.load(access, text, place.lanes)), scope };
  }

  private constant(value: AnyValue, { lanes }: PlaceIn): Term {
    if (value.primitive.name !== "constant") throw new ProgramError("not a constant");
    const number = (value.attributes as { readonly value: number }).value;
    const isPlain = number === 0 || Math.abs(number) === 1;
    const text = isPlain ? `${number}.0` : this.writer.let(this.writer.top, this.writer.floatUniform(number));
    return { text: lanes === 4 ? `vec4f(${text})` : text, scope: this.writer.top };
  }

  private elementwise(value: Value, place: PlaceIn): Term | null {
    if (!elementwiseExpression(this.writer, value.primitive.name, ["", "", ""], place.lanes)) return null;
    const operands = value.operands.map((operand) => this.at(operand, place));
    const texts = operands.map(({ text }) => text);
    const expression = elementwiseExpression(this.writer, value.primitive.name, texts, place.lanes)!;
    const scope = deepest(operands, this.writer.top);
    return { text: this.writer.let(scope, expression), scope };
  }

  private rearrangement(value: AnyValue, place: PlaceIn): Term {
    const [operand] = value.operands;
    switch (value.primitive.name) {
      case "broadcast": {
        const { axes } = value.attributes as { readonly axes: readonly number[] };
        return this.broadcast(operand, axes, place);
      }
      case "reshape":
        return this.at(operand, placeAt(this.writer, operand.type.shape, place.linear(), place.lanes));
      case "transpose": {
        const inverse = invertPermutation(
          (value.attributes as { readonly permutation: readonly number[] }).permutation,
        );
        const coordinates = inverse.map((axis) => place.coordinates()[axis]);
        return this.at(operand, placeOf(this.writer, operand.type.shape, coordinates, place.lanes));
      }
      case "slice": {
        const { start } = value.attributes as { readonly start: readonly number[] };
        const coordinates = place.coordinates().map(({ text, scope }, axis) => {
          return start[axis] === 0
            ? { text, scope }
            : { text: `(${text} + ${this.writer.uniform(start[axis])})`, scope };
        });
        return this.at(operand, placeOf(this.writer, operand.type.shape, coordinates, place.lanes));
      }
      case "pad":
        return padAt(this, value, place);
      case "concat":
        return concatAt(this, value, place);
      case "poolArgmax":
        return poolArgmaxAt(this, value, place);
      case "gatherWindow":
        return gatherAt(this, value, place);
      case "scatterWindow":
        return scatterAt(this, value, place);
      case "windowSum":
        return windowSumAt(this, value, place);
      case "spreadWindow":
        return spreadAt(this, value, place);
      case "imageBatch":
        return imageBatchAt(this, value, place);
      case "takeLabels":
        return labelAt(this, value, place);
      case "oneHot":
        return oneHotAt(this, value, place);
      default:
        throw new ProgramError(`the WebGPU backend cannot compute ${value.primitive.name} inside a kernel`);
    }
  }

  private broadcast(operand: Value, axes: readonly number[], place: PlaceIn): Term {
    const keepsLanes = place.lanes === 4 && axes.includes(place.shape.length - 1);
    const coordinates = axes.length === 0 ? [] : axes.map((axis) => place.coordinates()[axis]);
    const term = this.at(operand, placeOf(this.writer, operand.type.shape, coordinates, keepsLanes ? 4 : 1));
    if (place.lanes === 1 || keepsLanes) return term;
    return { text: `${wgslType(operand.type.dtype, 4)}(${term.text})`, scope: term.scope };
  }
}

const keyOf = (value: Value, place: PlaceIn): string => `${value.id} ${place.key}`;

/** Whether four neighbours along the last axis of `domain` can be computed at once for `value`. */
export function canVectorize(value: Value, find: FindOffset, isComputedHere: (value: Value) => boolean): boolean {
  const seen = new Set<Value>();
  const visit = (node: Value, isRoot: boolean): boolean => {
    if (seen.has(node)) return true;
    seen.add(node);
    const size = node.type.shape.at(-1) ?? 1;
    if (size % 4 !== 0) return false;
    const access = isRoot || isComputedHere(node) ? null : find(node);
    if (access) return access.offset % 4 === 0 && access.dtype !== "byte";
    if (isComputedHere(node) && !isRoot) return true;
    return keepsLanes(asAny(node)) && vectorOperands(asAny(node)).every((operand) => visit(operand, false));
  };
  return elementCount(value.type.shape) % 4 === 0 && visit(value, true);
}

/** Operands that are themselves read four at a time. */
function vectorOperands(value: AnyValue): readonly Value[] {
  if (value.primitive.name !== "broadcast") return value.operands;
  const { axes } = value.attributes as { readonly axes: readonly number[] };
  return axes.includes(value.type.shape.length - 1) ? value.operands : [];
}

function keepsLanes(value: AnyValue): boolean {
  const last = value.type.shape.length - 1;
  switch (value.primitive.name) {
    case "imageBatch":
    case "takeLabels":
    case "oneHot":
    case "concat":
      return false;
    case "transpose":
      return (value.attributes as { readonly permutation: readonly number[] }).permutation[last] === last;
    case "slice":
      return (value.attributes as { readonly start: readonly number[] }).start[last] % 4 === 0;
    case "pad":
      return (value.attributes as { readonly padding: readonly (readonly number[])[] }).padding[last].every(
        (n) => n === 0,
      );
    default:
      return true;
  }
}

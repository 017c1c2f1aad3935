/** Zero padding and concatenation at a place. */
import type { ConcatAttributes, PadAttributes } from "../../../tensor/primitives/extent.ts";
import type { Value } from "../../../tensor/program.ts";
import type { Expressions } from "./expressions.ts";
import { deepest, type PlaceIn, placeOf, type Term } from "./place-in.ts";

/** Coordinates that a part of the place's shape covers: shifted by `start`, kept inside, with whether they were. */
function within(expression: Expressions, place: PlaceIn, start: readonly number[], shape: readonly number[]) {
  const { writer } = expression;
  const tests: Term[] = [];
  const coordinates = place.coordinates().map((term, axis) => {
    if (start[axis] === 0 && shape[axis] === place.shape[axis]) return term;
    const { text, scope } = term;
    // Before the start the subtraction wraps to a large number, which the one comparison refuses too.
    const shifted = writer.let(scope, `${text} - ${writer.uniform(start[axis])}`);
    const size = writer.let(writer.top, writer.uniform(shape[axis]));
    tests.push({ text: `(${shifted} < ${size})`, scope });
    return { text: writer.let(scope, `min(${shifted}, ${size} - 1u)`), scope };
  });
  return { coordinates, test: tests.map(({ text }) => text).join(" & ") || "true", scope: deepest(tests, writer.top) };
}

export function padAt(expression: Expressions, value: Value, place: PlaceIn): Term {
  const { writer } = expression;
  const [x] = value.operands;
  const { padding } = value.attributes as PadAttributes;
  const start = padding.map(([before]) => before);
  const { coordinates, test, scope } = within(expression, place, start, x.type.shape);
  const element = expression.at(x, placeOf(writer, x.type.shape, coordinates, place.lanes));
  const zero = place.lanes === 4 ? "vec4f(0.0)" : "0.0";
  const target = deepest([element], scope);
  return { text: writer.let(target, `select(${zero}, ${element.text}, ${test})`), scope: target };
}

export function concatAt(expression: Expressions, value: Value, place: PlaceIn): Term {
  const { writer } = expression;
  const { axis } = value.attributes as ConcatAttributes;
  let offset = 0;
  let result: Term | null = null;
  for (const part of value.operands) {
    const start = place.shape.map((_, i) => (i === axis ? offset : 0));
    offset += part.type.shape[axis];
    const { coordinates, test, scope } = within(expression, place, start, part.type.shape);
    const element = expression.at(part, placeOf(writer, part.type.shape, coordinates, place.lanes));
    if (!result) {
      result = element;
      continue;
    }
    const target: Term["scope"] = deepest([element, result], scope);
    result = { text: writer.let(target, `select(${result.text}, ${element.text}, ${test})`), scope: target };
  }
  return result!;
}

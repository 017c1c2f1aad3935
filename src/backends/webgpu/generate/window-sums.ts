/** Sums over pooling windows at a place, and over the windows that cover a place. */
import type { ScatterWindowAttributes, WindowAttributes } from "../../../tensor/primitives/pool.ts";
import type { Value } from "../../../tensor/program.ts";
import type { Expressions } from "./expressions.ts";
import { deepest, type PlaceIn, placeOf, type Term } from "./place-in.ts";
import { Scope } from "./writer.ts";

export const spreadAt = (expression: Expressions, value: Value, place: PlaceIn): Term =>
  sumOverCovering(expression, value, place, (source) => expression.at(value.operands[0], source));

/** Loops over a window and adds its elements up. */
export function windowSumAt(expression: Expressions, value: Value, place: PlaceIn): Term {
  const { writer } = expression;
  const [x] = value.operands;
  const { window, strides } = value.attributes as WindowAttributes;
  const [n, oy, ox, c] = place.coordinates();
  const outer = deepest([n, oy, ox, c], writer.top);
  const [total, row, column] = [writer.name("total"), writer.name("row"), writer.name("column")];
  const loop = new Scope(outer);
  const along = (at: Term, axis: 0 | 1, step: string): Term => ({
    text: writer.let(loop, `${at.text} * ${writer.uniform(strides[axis])} + ${step}`),
    scope: loop,
  });
  const source = placeOf(writer, x.type.shape, [n, along(oy, 0, row), along(ox, 1, column), c], place.lanes);
  const element = expression.at(x, source).text;
  outer.lines.push(
    `var ${total} = ${place.lanes === 4 ? "vec4f" : "f32"}(0.0);`,
    `for (var ${row} = 0u; ${row} < ${writer.uniform(window[0])}; ${row}++) {`,
    `for (var ${column} = 0u; ${column} < ${writer.uniform(window[1])}; ${column}++) {`,
    ...loop.lines,
    `${total} += ${element};`,
    "}",
    "}",
  );
  return { text: total, scope: outer };
}

/**
 * Sum over the windows that cover a place of what `elementOf` says of a window, given by its place in the pooled tensor, and
 * of the covered place's position in it.
 */
export function sumOverCovering(
  expression: Expressions,
  value: Value,
  place: PlaceIn,
  elementOf: (source: PlaceIn, within: Term) => Term,
): Term {
  const { writer } = expression;
  const [y] = value.operands;
  const { window, strides } = value.attributes as ScatterWindowAttributes;
  const [n, iy, ix, c] = place.coordinates();
  const outer = deepest([n, iy, ix, c], writer.top);
  const [, height, width] = y.type.shape;
  const overlap = window.map((size, axis) => Math.ceil(size / strides[axis]));
  const total = writer.name("total");
  const float = place.lanes === 4 ? "vec4f" : "f32";
  const loop = new Scope(outer);
  const [up, left] = [writer.name("up"), writer.name("left")];
  /** The window `back` before the last that begins at or before the place, and the place's position in it. */
  const along = (at: Term, axis: 0 | 1, back: string, count: number) => {
    const stride = writer.let(writer.top, writer.uniform(strides[axis]));
    const last = writer.let(outer, `${at.text} / ${stride}`);
    const scope = overlap[axis] > 1 ? loop : outer;
    const start =
      overlap[axis] > 1 ? writer.let(loop, `i32(${last}) - i32(${back})`) : writer.let(outer, `i32(${last})`);
    const within = writer.let(scope, `i32(${at.text}) - ${start} * i32(${stride})`);
    const limit = writer.let(writer.top, `i32(${writer.uniform(count)})`);
    const size = writer.let(writer.top, `i32(${writer.uniform(window[axis])})`);
    const fits = writer.let(scope, `(${start} >= 0) & (${start} < ${limit}) & (${within} < ${size})`);
    const clamped = writer.let(scope, `u32(clamp(${start}, 0, ${limit} - 1))`);
    return { fits, within, size, window: { text: clamped, scope } };
  };
  const rows = along(iy, 0, up, height);
  const columns = along(ix, 1, left, width);
  const isLooping = overlap.some((count) => count > 1);
  const source = placeOf(writer, y.type.shape, [n, rows.window, columns.window, c], place.lanes);
  const innermost = isLooping ? loop : outer;
  const hit = elementOf(source, { text: `${rows.within} * ${columns.size} + ${columns.within}`, scope: innermost });
  const scope = deepest([hit], innermost);
  const inside = writer.let(scope, `select(${float}(0.0), ${hit.text}, ${rows.fits} & ${columns.fits})`);
  if (!isLooping) return { text: inside, scope };
  outer.lines.push(
    `var ${total} = ${float}(0.0);`,
    `for (var ${up} = 0u; ${up} < ${writer.uniform(overlap[0])}; ${up}++) {`,
    `for (var ${left} = 0u; ${left} < ${writer.uniform(overlap[1])}; ${left}++) {`,
    ...loop.lines,
    `${total} += ${inside};`,
    "}",
    "}",
  );
  return { text: total, scope: outer };
}

/** Pooling windows at a place: the position of the largest element, the indexed element, sums, and their transposes. */
import type { ScatterWindowAttributes, WindowAttributes } from "../../../tensor/primitives/pool.ts";
import type { Value } from "../../../tensor/program.ts";
import type { Expression } from "./expression.ts";
import { deepest, type PlaceIn, placeOf, type Term } from "./place-in.ts";
import { Scope } from "./writer.ts";

/** Loops over a window; writes the first largest element's position, and remembers the element for `gatherAt`. */
export function poolArgmaxAt(expression: Expression, value: Value, place: PlaceIn): Term {
  const { writer } = expression;
  const [x] = value.operands;
  const { window, strides } = value.attributes as WindowAttributes;
  const [n, oy, ox, c] = place.coordinates();
  const outer = deepest([n, oy, ox, c], writer.top);
  const [best, position, k] = [writer.name("best"), writer.name("position"), writer.name("k")];
  const [floatType, intType] = place.lanes === 4 ? ["vec4f", "vec4i"] : ["f32", "i32"];
  const width = writer.let(writer.top, writer.uniform(window[1]));
  const loop = new Scope(outer);
  const inside: Term = { text: k, scope: loop };
  const row = writer.let(loop, `${k} / ${width}`);
  const y = { ...inside, text: writer.let(loop, `${oy.text} * ${writer.uniform(strides[0])} + ${row}`) };
  const xAt = {
    ...inside,
    text: writer.let(loop, `${ox.text} * ${writer.uniform(strides[1])} + ${k} - ${row} * ${width}`),
  };
  const element = expression.at(x, placeOf(writer, x.type.shape, [n, y, xAt, c], place.lanes)).text;
  outer.lines.push(
    `var ${best} = ${floatType}(-0x1.fffffep+127);`,
    `var ${position} = ${intType}(0);`,
    `for (var ${k} = 0u; ${k} < ${writer.uniform(window[0] * window[1])}; ${k}++) {`,
    ...loop.lines,
    `let larger = ${element} > ${best};`,
    `${best} = select(${best}, ${element}, larger);`,
    `${position} = select(${position}, ${intType}(i32(${k})), larger);`,
    "}",
  );
  expression.defineBest(value, place, { text: best, scope: outer });
  return { text: position, scope: outer };
}

export function gatherAt(expression: Expression, value: Value, place: PlaceIn): Term {
  const { writer } = expression;
  const [x, index] = value.operands;
  const attributes = value.attributes as WindowAttributes;
  const position = expression.at(index, place);
  const best = index.operands[0] === x ? expression.bestOf(index, place) : null;
  if (best) return best;
  const [n, oy, ox, c] = place.coordinates();
  const scope = deepest([n, oy, ox, c, position], writer.top);
  const width = writer.let(writer.top, writer.uniform(attributes.window[1]));
  const element = (lane: number | null): string => {
    const k = writer.let(scope, lane === null ? `u32(${position.text})` : `u32(${position.text}[${lane}])`);
    const row = writer.let(scope, `${k} / ${width}`);
    const at = (text: string): Term => ({ text: writer.let(scope, text), scope });
    const y = at(`${oy.text} * ${writer.uniform(attributes.strides[0])} + ${row}`);
    const xAt = at(`${ox.text} * ${writer.uniform(attributes.strides[1])} + ${k} - ${row} * ${width}`);
    const channel = lane ? { text: `(${c.text} + ${lane}u)`, scope: c.scope } : c;
    return expression.at(x, placeOf(writer, x.type.shape, [n, y, xAt, channel], 1)).text;
  };
  if (place.lanes === 1) return { text: element(null), scope };
  return { text: writer.let(scope, `vec4f(${[0, 1, 2, 3].map(element).join(", ")})`), scope };
}

export const scatterAt = (expression: Expression, value: Value, place: PlaceIn): Term =>
  sumOverCovering(expression, value, place, (source, within) => {
    const { writer } = expression;
    const [y, index] = value.operands;
    const position = expression.at(index, source);
    const element = expression.at(y, source);
    const scope = deepest([position, element, within], writer.top);
    const matches =
      place.lanes === 4 ? `(${position.text} == vec4i(${within.text}))` : `(${position.text} == ${within.text})`;
    const zero = place.lanes === 4 ? "vec4f(0.0)" : "f32(0.0)";
    return { text: writer.let(scope, `select(${zero}, ${element.text}, ${matches})`), scope };
  });

export const spreadAt = (expression: Expression, value: Value, place: PlaceIn): Term =>
  sumOverCovering(expression, value, place, (source) => expression.at(value.operands[0], source));

/** Loops over a window and adds its elements up. */
export function windowSumAt(expression: Expression, value: Value, place: PlaceIn): Term {
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
function sumOverCovering(
  expression: Expression,
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

/** Pooling windows at a place: the position of the largest element, the indexed element, and its transpose. */
import type { WindowAttributes } from "../../../tensor/primitives/pool.ts";
import type { Value } from "../../../tensor/program.ts";
import type { Expressions } from "./expressions.ts";
import { deepest, type PlaceIn, placeOf, type Term } from "./place-in.ts";
import { sumOverCovering } from "./window-sums.ts";
import { Scope } from "./writer.ts";

/** Loops over a window; writes the first largest element's position, and remembers the element for `gatherAt`. */
export function poolArgmaxAt(expression: Expressions, value: Value, place: PlaceIn): Term {
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

export function gatherAt(expression: Expressions, value: Value, place: PlaceIn): Term {
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

export const scatterAt = (expression: Expressions, value: Value, place: PlaceIn): Term =>
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

/** A batch at a place: images decoded from bytes, labels, one-hot vectors. */
import type { ImageBatchAttributes } from "../../../tensor/primitives/batch.ts";
import type { Value } from "../../../tensor/program.ts";
import type { Expressions } from "./expressions.ts";
import { deepest, type PlaceIn, placeAt, placeOf, type Term } from "./place-in.ts";

export function imageBatchAt(expression: Expressions, value: Value, place: PlaceIn): Term {
  const { writer } = expression;
  const [pixels, indices, draws] = value.operands;
  const { mean, standardDeviation } = value.attributes as ImageBatchAttributes;
  const [, channels, height, width] = pixels.type.shape;
  const [n, y, x, c] = place.coordinates();
  const scope = deepest([n, y, x, c], writer.top);
  const draw = (column: number) => {
    const at: Term = { text: `${n.text} * 3u + ${column}u`, scope: n.scope };
    return expression.at(draws, placeAt(writer, draws.type.shape, at, 1)).text;
  };
  const [h, w] = [height, width].map((size) => writer.let(writer.top, `i32(${writer.uniform(size)})`));
  const fromY = writer.let(scope, `i32(${y.text}) + ${draw(0)}`);
  const column = writer.let(scope, `select(i32(${x.text}), ${w} - 1 - i32(${x.text}), ${draw(2)} == 1)`);
  const fromX = writer.let(scope, `${column} + ${draw(1)}`);
  const inside = writer.let(scope, `(${fromY} >= 0) & (${fromY} < ${h}) & (${fromX} >= 0) & (${fromX} < ${w})`);
  const image = expression.at(indices, placeOf(writer, indices.type.shape, [n], 1)).text;
  const plane = `(u32(${image}) * ${writer.uniform(channels)} + ${c.text}) * u32(${h})`;
  const pixel = `(${plane} + u32(clamp(${fromY}, 0, ${h} - 1))) * u32(${w}) + u32(clamp(${fromX}, 0, ${w} - 1))`;
  const address = writer.let(scope, pixel);
  const byte = expression.byteAt(pixels, { text: address, scope });
  /** Per channel, a chain of selections: channels are few. */
  const perChannel = (numbers: readonly number[]) =>
    numbers
      .map((number) => writer.let(writer.top, writer.floatUniform(number)))
      .reduce((previous, text, channel) => `select(${previous}, ${text}, ${c.text} == ${channel}u)`);
  const scaled = `(f32(${byte}) / 255.0 - ${perChannel(mean)}) / ${perChannel(standardDeviation)}`;
  return { text: writer.let(scope, `select(0.0, ${scaled}, ${inside})`), scope };
}

export function labelAt(expression: Expressions, value: Value, place: PlaceIn): Term {
  const { writer } = expression;
  const [labels, indices] = value.operands;
  const index = expression.at(indices, place);
  const at: Term = { text: writer.let(index.scope, `u32(${index.text})`), scope: index.scope };
  return expression.at(labels, placeOf(writer, labels.type.shape, [at], 1));
}

export function oneHotAt(expression: Expressions, value: Value, place: PlaceIn): Term {
  const { writer } = expression;
  const [labels] = value.operands;
  const coordinates = place.coordinates();
  const label = expression.at(labels, placeOf(writer, labels.type.shape, coordinates.slice(0, -1), 1));
  const column = coordinates[coordinates.length - 1];
  const scope = deepest([label, column], writer.top);
  return { text: writer.let(scope, `select(0.0, 1.0, ${label.text} == i32(${column.text}))`), scope };
}

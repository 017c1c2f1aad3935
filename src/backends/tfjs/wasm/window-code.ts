/**
 * The code of a loop over pooling windows: for every window and channel, something with the elements of the image under the
 * window. Four channels at a time in vector registers where the machine has them.
 */
import type { WindowAttributes } from "../../../tensor/primitives/index.ts";
import type { Shape } from "../../../tensor/program.ts";
import { type Code, type FunctionBody, type LocalType, wasm } from "./assembler.ts";

/** Instructions on one channel or four. Elements are 32 bits; what they mean is up to the instruction. */
export interface Lanes {
  readonly bytes: 4 | 16;
  readonly float: LocalType;
  readonly index: LocalType;
  readonly load: (address: number) => Code;
  readonly store: (address: number) => Code;
  readonly loadIndex: (address: number) => Code;
  readonly storeIndex: (address: number) => Code;
  readonly zero: Code;
  readonly constIndex: (value: number) => Code;
  readonly add: Code;
  readonly greater: Code;
  readonly equal: Code;
  /** Code that takes two values and a condition, and leaves the first where the condition holds, else the second. */
  readonly choose: Code;
}

const oneChannel: Lanes = {
  bytes: 4,
  float: "f32",
  index: "i32",
  load: wasm.f32.load,
  store: wasm.f32.store,
  loadIndex: wasm.i32.load,
  storeIndex: wasm.i32.store,
  zero: wasm.f32.const(0),
  constIndex: wasm.i32.const,
  add: wasm.f32.add,
  greater: wasm.f32.greater,
  equal: wasm.i32.equal,
  choose: wasm.select,
};

const fourChannels: Lanes = {
  bytes: 16,
  float: "v128",
  index: "v128",
  load: wasm.v128.load,
  store: wasm.v128.store,
  loadIndex: wasm.v128.load,
  storeIndex: wasm.v128.store,
  zero: wasm.v128.zero,
  constIndex: wasm.v128.constI32x4,
  add: wasm.f32x4.add,
  greater: wasm.f32x4.greater,
  equal: wasm.i32x4.equal,
  choose: wasm.v128.bitselect,
};

/** Byte offsets, in locals: of the pooled element, and of the first element under its window. */
export interface WindowPlace {
  readonly pooled: Code;
  readonly image: Code;
}

/** What is done for a window. `local` makes a local of a type. */
export type WindowBody = (lanes: Lanes, place: WindowPlace, local: (type: LocalType) => number) => Code;

/** Distances from a window's first element to each of its elements, row-major, in bytes. */
export const windowOffsets = (
  { window: [height, width] }: WindowAttributes,
  [, , imageWidth, channels]: Shape,
): number[] =>
  Array.from({ length: height * width }, (_, i) => 4 * channels * (Math.floor(i / width) * imageWidth + (i % width)));

/** Runs `prologue`, then `body` for all windows of an image [n, h, w, c] pooled to [n, h', w', c]. */
export function eachWindow(
  image: Shape,
  pooled: Shape,
  { strides }: WindowAttributes,
  simd: boolean,
  body: WindowBody,
  prologue: Code = [],
): FunctionBody {
  const locals: LocalType[] = [];
  const local = (type: LocalType) => locals.push(type) - 1;
  const [atPooled, atImage, atLine, atColumn, atEnd] = [0, 1, 2, 3, 4].map(() => local("i32"));
  const [batch, pooledHeight, pooledWidth, channels] = pooled;
  const pixelBytes = 4 * channels;
  const lineBytes = pixelBytes * image[2];
  const vectorBytes = simd ? pixelBytes - (pixelBytes % fourChannels.bytes) : 0;

  /** Moves `target` to `source` + `bytes`. */
  const move = (target: number, source: number, bytes: number): Code => [
    ...wasm.get(source),
    ...wasm.i32.const(bytes),
    ...wasm.i32.add,
    ...wasm.set(target),
  ];
  const repeatBelow = (value: Code, end: Code): Code => [...value, ...end, ...wasm.i32.lessUnsigned, ...wasm.repeatIf];
  const alongChannels = (lanes: Lanes, bytes: number): Code =>
    bytes === 0
      ? []
      : [
          ...move(atEnd, atPooled, bytes),
          ...wasm.loop,
          ...body(lanes, { pooled: wasm.get(atPooled), image: wasm.get(atImage) }, local),
          ...move(atPooled, atPooled, lanes.bytes),
          ...move(atImage, atImage, lanes.bytes),
          ...repeatBelow(wasm.get(atPooled), wasm.get(atEnd)),
          ...wasm.end,
        ];
  const endOfLine = local("i32");
  const line = [
    ...move(atColumn, atLine, 0),
    ...move(endOfLine, atPooled, pixelBytes * pooledWidth),
    ...wasm.loop,
    ...move(atImage, atColumn, 0),
    ...alongChannels(fourChannels, vectorBytes),
    ...alongChannels(oneChannel, pixelBytes - vectorBytes),
    ...move(atColumn, atColumn, strides[1] * pixelBytes),
    ...repeatBelow(wasm.get(atPooled), wasm.get(endOfLine)),
    ...wasm.end,
  ];
  const endOfImage = local("i32");
  const imageLines = [
    ...move(endOfImage, atPooled, pixelBytes * pooledWidth * pooledHeight),
    ...wasm.loop,
    ...line,
    ...move(atLine, atLine, strides[0] * lineBytes),
    ...repeatBelow(wasm.get(atPooled), wasm.get(endOfImage)),
    ...wasm.end,
  ];
  const code = [
    ...prologue,
    ...wasm.loop,
    ...imageLines,
    ...move(atLine, atLine, lineBytes * image[1] - pooledHeight * strides[0] * lineBytes),
    ...repeatBelow(wasm.get(atPooled), wasm.i32.const(pixelBytes * pooledWidth * pooledHeight * batch)),
    ...wasm.end,
  ];
  return { locals, code };
}

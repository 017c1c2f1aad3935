/**
 * The built-in set: ten shapes on 32 × 32 colour pictures, drawn from a seed. Position, size, tilt, colours, background,
 * clutter and noise are drawn alike for every class, and shapes of one size cover the same area, so that neither a
 * linear model nor a picture's colours without their places tell the classes apart; a small convolutional net does
 * (docs/decisions/synthetic-set.md has the measurements). Exact arithmetic only: the same bytes on every platform.
 */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { type ImageSet, imageBytes, type Split } from "../../image-set.ts";
import { range, shuffle } from "../../permutation.ts";
import { openRandomStream } from "../../random.ts";
import {
  createCanvas,
  fillGround,
  fillHalf,
  fillShape,
  type Paint,
  type Placement,
  pictureChannels,
  pictureSide,
  type Shape,
  writeNoisyBytes,
} from "./canvas.ts";
import { syntheticFacts } from "./facts.ts";
import { shapeReach, shapes } from "./shapes.ts";

const { classNames, counts } = syntheticFacts;
const shapeOfClass: readonly Shape[] = classNames.map((name) => shapes[name]);

/** The counter that keeps the pictures of the two splits apart. */
const splitCounter: Readonly<Record<Split, number>> = { train: 0, test: 1 };

/** Labels of a whole split. Every ten in a row hold each class once, in random order. */
export function syntheticLabels(split: Split, seed: number): Uint8Array {
  const classes = classNames.length;
  const labels = new Uint8Array(counts[split]);
  for (let start = 0; start < labels.length; start += classes) {
    const random = openRandomStream("syntheticLabel", seed, splitCounter[split], start);
    labels.set(shuffle(range(classes), random), start);
  }
  return labels;
}

/** The pictures at `indices` of a split, in that order. A picture depends on split, index and seed alone. */
export function drawSyntheticImages(split: Split, indices: Int32Array, seed: number): ImageSet {
  const shape = { channels: pictureChannels, height: pictureSide, width: pictureSide };
  const size = imageBytes(shape);
  const labels = syntheticLabels(split, seed);
  const pixels = new Uint8Array(indices.length * size);
  const canvas = createCanvas();
  indices.forEach((index, position) => {
    if (index < 0 || index >= labels.length) throw new RangeError(`Picture ${index} of ${labels.length}.`);
    const random = openRandomStream("syntheticImage", seed, splitCounter[split], index);
    drawPicture(canvas, shapeOfClass[labels[index]], random);
    writeNoisyBytes(canvas, pixels.subarray(position * size, (position + 1) * size), random, noiseReach);
  });
  return {
    ...shape,
    pixels,
    labels: Uint8Array.from(indices, (index) => labels[index]),
    count: indices.length,
    classNames,
  };
}

/** Least difference in red + green + blue (0 … 765) between the shape, always the lighter, and what it lies on. */
const minContrast = 200;
/** Side of the square that has the shape's area, in 64ths of a pixel. */
const unitRange = [10 * 64, 13 * 64] as const;
const maxClutter = 2;
/** Length of a clutter stroke's half, in 64ths of a pixel. */
const strokeRange = [96, 256] as const;
const strokeReach = 1.3;
const stroke: Shape = (x, y) => Math.abs(x) <= 1.25 && Math.abs(y) <= 0.3;
/** Greatest change of a byte by noise. */
const noiseReach = 16;

function drawPicture(canvas: Float64Array, shape: Shape, random: RandomGenerator): void {
  const [ground, otherGround, light] = mixContrastingPaints(random);
  fillGround(canvas, ground);
  fillHalf(canvas, otherGround, place(random, pictureSide, 0.25));
  const clutter = uniformInt(random, 0, maxClutter);
  for (let i = 0; i < clutter; i++) {
    const paint = mixPaint(random);
    const unit = uniformInt(random, ...strokeRange) / 64;
    fillShape(canvas, stroke, paint, place(random, unit, 0), strokeReach);
  }
  const unit = uniformInt(random, ...unitRange) / 64;
  fillShape(canvas, shape, light, place(random, unit, shapeReach), shapeReach);
}

function mixPaint(random: RandomGenerator): Paint {
  const paint = { middle: [0, 0, 0], perColumn: [0, 0, 0], perRow: [0, 0, 0] };
  for (let channel = 0; channel < pictureChannels; channel++) {
    paint.middle[channel] = uniformInt(random, 24, 231);
    paint.perColumn[channel] = uniformInt(random, -64, 64) / 64;
    paint.perRow[channel] = uniformInt(random, -64, 64) / 64;
  }
  return paint;
}

/** Two grounds and a shape's paint, drawn again until the shape is lighter than both by the least contrast. */
function mixContrastingPaints(random: RandomGenerator): readonly [Paint, Paint, Paint] {
  const lightness = ({ middle: [red, green, blue] }: Paint) => red + green + blue;
  for (;;) {
    const paints = [mixPaint(random), mixPaint(random), mixPaint(random)] as const;
    const [ground, otherGround, light] = paints.map(lightness);
    if (light - ground >= minContrast && light - otherGround >= minContrast) return paints;
  }
}

/**
 * A place that keeps `reach` units about the origin inside the picture, and a rotation by 2·atan(t), t uniform in ±½
 * (±53°): rational in t, hence exact.
 */
function place(random: RandomGenerator, unit: number, reach: number): Placement {
  const freedom = Math.floor(256 * (pictureSide / 2 - reach * unit));
  const t = uniformInt(random, -128, 128) / 256;
  return {
    x: pictureSide / 2 + uniformInt(random, -freedom, freedom) / 256,
    y: pictureSide / 2 + uniformInt(random, -freedom, freedom) / 256,
    unit,
    cos: (1 - t * t) / (1 + t * t),
    sin: (2 * t) / (1 + t * t),
  };
}

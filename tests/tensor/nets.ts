/**
 * Small nets out of primitives, written as in a textbook: losses of traced parameters, to differentiate twice. `kinks`
 * are values that change by jumps where the loss has kinks: a difference quotient is valid where they do not change.
 */
import {
  add,
  broadcast,
  conv2d,
  exp,
  gatherWindow,
  input,
  log1p,
  matmul,
  max,
  multiply,
  negate,
  poolArgmax,
  reshape,
  rsqrt,
  select,
  step,
  subtract,
  sum,
  tanh,
} from "../../src/tensor/primitives/index.ts";
import { elementCount, type Shape, type Value } from "../../src/tensor/program.ts";
import { sample } from "./vectors.ts";

export interface Net {
  readonly parameters: readonly Value[];
  readonly loss: Value;
  readonly kinks: readonly Value[];
  /** Parameters and data. */
  readonly point: ReadonlyMap<Value, Float64Array>;
}

const float = (shape: Shape): Value => input({ dtype: "float", shape });

export const dense = (x: Value, weight: Value, bias: Value): Value => {
  const y = matmul(x, weight);
  return add(y, broadcast(bias, y.type.shape, [1]));
};

export const perChannel = (x: Value, images: Value): Value => broadcast(x, images.type.shape, [3]);

/** 3 × 3, stride 1, keeping the image's size. */
export const convolution = (images: Value, filter: Value, bias: Value): Value => {
  const y = conv2d(images, filter, {
    strides: [1, 1],
    padding: [
      [1, 1],
      [1, 1],
    ],
  });
  return add(y, perChannel(bias, y));
};

export const maxPool = (images: Value): { index: Value; pooled: Value } => {
  const window = { window: [2, 2], strides: [2, 2] } as const;
  const index = poolArgmax(images, window);
  return { index, pooled: gatherWindow(images, index, window) };
};

export const mean = (x: Value, axes: readonly number[]): Value =>
  multiply(sum(x, axes), 1 / axes.reduce((count, axis) => count * x.type.shape[axis], 1));

/** γ·(x − mean)/√(variance + ε) + β over images, by batch statistics. */
export function batchNorm(images: Value, scale: Value, shift: Value): Value {
  const centred = subtract(images, perChannel(mean(images, [0, 1, 2]), images));
  const deviation = rsqrt(add(mean(multiply(centred, centred), [0, 1, 2]), 1e-5));
  const normalized = multiply(centred, perChannel(deviation, images));
  return add(multiply(normalized, perChannel(scale, images)), perChannel(shift, images));
}

/** Mean cross-entropy as docs/mathematics.md has it: L = m + log1p(t), m = max(0, max d), d = z − z_y. */
export function crossEntropy(logits: Value, targets: Value): Value {
  const perClass = (x: Value) => broadcast(x, logits.type.shape, [0]);
  const difference = subtract(logits, perClass(sum(multiply(logits, targets), [1])));
  const margin = max(difference, [1]);
  const others = sum(multiply(exp(subtract(difference, perClass(margin))), subtract(1, targets)), [1]);
  const t = add(others, select(margin, subtract(exp(negate(margin)), 1), 0));
  return mean(add(margin, log1p(t)), [0]);
}

/** Rows with one 1, at class i mod `classes`. */
export const oneHotRows = (rows: number, classes: number): Float64Array =>
  Float64Array.from({ length: rows * classes }, (_, i) => (i % classes === Math.floor(i / classes) % classes ? 1 : 0));

/** Parameters of `shapes` and images or rows of `dataShape` with one-hot targets, sampled. */
function tensors(shapes: readonly Shape[], dataShape: Shape, classes: number, seed: number) {
  const parameters = shapes.map(float);
  const [data, targets] = [float(dataShape), float([dataShape[0], classes])];
  const point = new Map(parameters.map((value, i) => [value, sample(shapes[i], seed + i)]));
  point.set(data, sample(dataShape, seed + 50, "distinct"));
  point.set(targets, oneHotRows(dataShape[0], classes));
  return { parameters, data, targets, point };
}

function tanhNet(): Net {
  const { parameters, data, targets, point } = tensors([[3, 4], [4], [4, 3], [3]], [5, 3], 3, 1);
  const [w1, b1, w2, b2] = parameters;
  return { parameters, point, kinks: [], loss: crossEntropy(dense(tanh(dense(data, w1, b1)), w2, b2), targets) };
}

/** Two hidden layers, so that a unit's sign gates curvature in the layers around it. */
function reluNet(): Net {
  const { parameters, data, targets, point } = tensors([[3, 4], [4], [4, 4], [4], [4, 3], [3]], [5, 3], 3, 2);
  const [w1, b1, w2, b2, w3, b3] = parameters;
  const first = dense(data, w1, b1);
  const second = dense(select(first, first, 0), w2, b2);
  const logits = dense(select(second, second, 0), w3, b3);
  return { parameters, point, kinks: [step(first), step(second)], loss: crossEntropy(logits, targets) };
}

function poolNet(): Net {
  const { parameters, data, targets, point } = tensors([[3, 3, 2, 2], [2], [8, 3], [3]], [3, 4, 4, 2], 3, 3);
  const [filter, b1, w2, b2] = parameters;
  const { index, pooled } = maxPool(tanh(convolution(data, filter, b1)));
  const logits = dense(reshape(pooled, [3, elementCount(pooled.type.shape) / 3]), w2, b2);
  return { parameters, point, kinks: [index], loss: crossEntropy(logits, targets) };
}

function batchNormNet(): Net {
  const shapes = [[3, 3, 1, 2], [2], [2], [2], [3, 3, 2, 2], [2], [2], [2], [18, 3], [3]];
  const { parameters, data, targets, point } = tensors(shapes, [4, 3, 3, 1], 3, 4);
  const [w1, b1, scale1, shift1, w2, b2, scale2, shift2, w3, b3] = parameters;
  const first = tanh(batchNorm(convolution(data, w1, b1), scale1, shift1));
  const second = tanh(batchNorm(convolution(first, w2, b2), scale2, shift2));
  return { parameters, point, kinks: [], loss: crossEntropy(dense(reshape(second, [4, 18]), w3, b3), targets) };
}

/** Logits are given: trained far enough that losses are 1e-9, and wrong by as much, and in between. */
function logitsNet(): Net {
  const { parameters, data, targets, point } = tensors([[6, 4]], [6, 4], 4, 5);
  const spread = [20, -20, 3, 1, 0.1, -1];
  const signed = oneHotRows(6, 4).map((hot, i) => spread[Math.floor(i / 4)] * (hot - 0.5));
  point.set(
    parameters[0],
    signed.map((x, i) => x + 0.1 * sample([24], 6)[i]),
  );
  return { parameters, point, kinks: [], loss: crossEntropy(add(parameters[0], multiply(data, 0.1)), targets) };
}

export const nets = { tanhNet, reluNet, poolNet, batchNormNet, logitsNet };

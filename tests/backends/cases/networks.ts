/**
 * Gradients of small nets by `grad`, against PyTorch's autograd in float64, and cross-entropy at the margins of trained
 * nets against its closed form.
 */
import { crossEntropy } from "../../../src/models/losses/cross-entropy.ts";
import { grad } from "../../../src/tensor/differentiate/grad.ts";
import {
  add,
  broadcast,
  conv2d,
  gatherWindow,
  matmul,
  multiply,
  oneHot,
  poolArgmax,
  reshape,
  rsqrt,
  select,
  subtract,
  sum,
  tanh,
} from "../../../src/tensor/primitives/index.ts";
import type { Value } from "../../../src/tensor/program.ts";
import batchNormFigures from "../../fixtures/backends/batch-norm.json" with { type: "json" };
import convNetFigures from "../../fixtures/backends/conv-net.json" with { type: "json" };
import mlpFigures from "../../fixtures/backends/mlp.json" with { type: "json" };
import { type Dense, random, scalar, stored, tabulate } from "../dense.ts";
import type { Case } from "./case.ts";

const labelTensor = (labels: readonly number[]): Dense => tabulate([labels.length], (i) => labels[i], "int");

const meanLoss = (logits: Value, labels: Value): Value => {
  const [count, classes] = logits.type.shape;
  return multiply(sum(crossEntropy(logits, oneHot(labels, classes)).losses), 1 / count);
};

/** Textbook batch normalisation with the batch's statistics. */
function normalize(x: Value, scale: Value, shift: Value, epsilon: number): Value {
  const { shape } = x.type;
  const count = shape[0] * shape[1] * shape[2];
  const perChannel = (value: Value) => broadcast(value, shape, [3]);
  const centred = subtract(x, perChannel(multiply(sum(x, [0, 1, 2]), 1 / count)));
  const variance = multiply(sum(multiply(centred, centred), [0, 1, 2]), 1 / count);
  return add(
    multiply(multiply(centred, perChannel(rsqrt(add(variance, epsilon)))), perChannel(scale)),
    perChannel(shift),
  );
}

const batchNormCase: Case = {
  title: "batch normalisation and its gradients",
  inputs: {
    x: stored(batchNormFigures.x),
    scale: stored(batchNormFigures.scale),
    shift: stored(batchNormFigures.shift),
    dy: stored(batchNormFigures.dy),
  },
  build({ x, scale, shift, dy }) {
    const y = normalize(x, scale, shift, batchNormFigures.epsilon);
    const [dx, dscale, dshift] = grad(sum(multiply(y, dy)), [x, scale, shift]);
    return { y, dx, dscale, dshift };
  },
  expected: {
    y: stored(batchNormFigures.y),
    dx: stored(batchNormFigures.dx),
    dscale: stored(batchNormFigures.dscale),
    dshift: stored(batchNormFigures.dshift),
  },
  gradients: ["dx", "dscale", "dshift"],
};

/** Names the members of a list: w0, w1, … */
const numbered = <T>(name: string, list: readonly T[]): Record<string, T> =>
  Object.fromEntries(list.map((member, i) => [`${name}${i}`, member]));

const mlpCase: Case = {
  title: "an MLP with tanh: loss and gradient",
  inputs: {
    x: stored(mlpFigures.x),
    labels: labelTensor(mlpFigures.labels),
    ...numbered("w", mlpFigures.weights.map(stored)),
    ...numbered("b", mlpFigures.biases.map(stored)),
  },
  build({ x, labels, w0, w1, w2, b0, b1, b2 }) {
    const layer = (h: Value, w: Value, b: Value) => {
      const y = matmul(h, w);
      return add(y, broadcast(b, y.type.shape, [1]));
    };
    const logits = layer(tanh(layer(tanh(layer(x, w0, b0)), w1, b1)), w2, b2);
    const loss = meanLoss(logits, labels);
    return { logits, loss, ...numbered("g", grad(loss, [w0, w1, w2, b0, b1, b2])) };
  },
  expected: {
    logits: stored(mlpFigures.logits),
    loss: scalar(mlpFigures.loss),
    ...numbered("g", [...mlpFigures.weightGradients, ...mlpFigures.biasGradients].map(stored)),
  },
  gradients: ["g0", "g1", "g2", "g3", "g4", "g5"],
};

const convNetCase: Case = {
  title: "a small VGG with batch normalisation: loss and gradient",
  inputs: {
    x: stored(convNetFigures.x),
    labels: labelTensor(convNetFigures.labels),
    dense: stored(convNetFigures.dense),
    ...numbered("w", convNetFigures.filters.map(stored)),
    ...numbered("scale", convNetFigures.scales.map(stored)),
    ...numbered("shift", convNetFigures.shifts.map(stored)),
  },
  build({ x, labels, w0, w1, scale0, scale1, shift0, shift1, dense }) {
    const pool = { window: [2, 2], strides: [2, 2] } as const;
    const same = {
      strides: [1, 1],
      padding: [
        [1, 1],
        [1, 1],
      ],
    } as const;
    const block = (images: Value, w: Value, scale: Value, shift: Value) => {
      const y = normalize(conv2d(images, w, same), scale, shift, 1e-5);
      const positive = select(y, y, 0);
      return gatherWindow(positive, poolArgmax(positive, pool), pool);
    };
    const features = block(block(x, w0, scale0, shift0), w1, scale1, shift1);
    const logits = matmul(reshape(features, [4, 32]), dense);
    const loss = meanLoss(logits, labels);
    return { logits, loss, ...numbered("g", grad(loss, [w0, w1, scale0, scale1, shift0, shift1, dense])) };
  },
  expected: {
    logits: stored(convNetFigures.logits),
    loss: scalar(convNetFigures.loss),
    ...numbered(
      "g",
      [
        ...convNetFigures.filterGradients,
        ...convNetFigures.scaleGradients,
        ...convNetFigures.shiftGradients,
        convNetFigures.denseGradient,
      ].map(stored),
    ),
  },
  gradients: ["g0", "g1", "g2", "g3", "g4", "g5", "g6"],
};

/** Logits in which the label leads by `margin` over the next of five classes. */
function marginCase(margin: number): Case {
  const labels = [0, 3, 4];
  const noise = random([3, 5], 31);
  const logits = tabulate([3, 5], (i, j) =>
    Math.fround(j === labels[i] ? 2 : 2 - margin + (noise.data[5 * i + j] - 1)),
  );
  const odds = (i: number, j: number) => Math.exp(logits.data[5 * i + j] - logits.data[5 * i + labels[i]]);
  const others = (i: number) =>
    [0, 1, 2, 3, 4].filter((j) => j !== labels[i]).reduce((total, j) => total + odds(i, j), 0);
  return {
    title: `cross-entropy and its gradient at margin ${margin}`,
    inputs: { logits, labels: labelTensor(labels) },
    build(inputs) {
      const { losses } = crossEntropy(inputs.logits, oneHot(inputs.labels, 5));
      return { losses, gradient: grad(sum(losses), [inputs.logits])[0] };
    },
    expected: {
      losses: tabulate([3], (i) => Math.log1p(others(i))),
      gradient: tabulate([3, 5], (i, j) => (j === labels[i] ? -others(i) : odds(i, j)) / (1 + others(i))),
    },
  };
}

export const networkCases: readonly Case[] = [
  batchNormCase,
  mlpCase,
  convNetCase,
  ...[-12, -1, 0, 1, 5, 10, 15, 20].map(marginCase),
];

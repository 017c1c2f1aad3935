/**
 * Loss and gradient of whole models, at initial and at trained weights, against the float64 reference. The bounds are those
 * of every float32 backend: 1e-6 for losses, 1e-5 for gradients, norm-wise; where the loss is small, times −log(loss), since
 * a loss e^−m is as exact as its margin m, which float32 holds to 1e-7 of its size.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createModel } from "../../src/architectures/networks.ts";
import type { ModelSpec } from "../../src/architectures/specs.ts";
import type { Backend, Feed } from "../../src/backends/backend.ts";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import { traceBatch } from "../../src/execution/programs/batch.ts";
import { traceWeights } from "../../src/execution/programs/weights.ts";
import { flattenTensors } from "../../src/models/layout.ts";
import { crossEntropy } from "../../src/models/losses/cross-entropy.ts";
import type { Model } from "../../src/models/model.ts";
import type { FlatWeights } from "../../src/models/weights.ts";
import { grad } from "../../src/tensor/differentiate/grad.ts";
import { multiply, sum } from "../../src/tensor/primitives/index.ts";
import type { Program } from "../../src/tensor/program.ts";
import { drawInitialWeights } from "../../src/training/initial-weights.ts";
import { createSgd } from "../../src/training/optimizers/sgd.ts";
import { traceTrainStep } from "../../src/training/train-step.ts";
import { relativeError } from "./dense.ts";

const image = { height: 32, width: 32, channels: 3 };
const batchSize = 8;
const source = { count: batchSize, pixelNormalization: { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] } };

/** Smooth pictures of a few waves, whose class is their main frequency, with some noise. */
const images: Feed = {
  pixels: Uint8Array.from({ length: batchSize * 3072 }, (_, i) => {
    const [n, c, y, x] = [Math.floor(i / 3072), Math.floor(i / 1024) % 3, Math.floor(i / 32) % 32, i % 32];
    const noise = (Math.imul(i, 2654435761) >>> 24) / 8;
    return 112 + 80 * Math.sin(0.2 * (1 + (n % 4)) * x + 0.1 * y + c + n) + noise;
  }),
  labels: Int32Array.from({ length: batchSize }, (_, n) => n % 4),
  indices: Int32Array.from({ length: batchSize }, (_, n) => n),
  draws: new Int32Array(3 * batchSize),
};

function traceLossAndGradient(model: Model): Program {
  const weights = traceWeights(model);
  const batch = traceBatch(model, source, batchSize);
  const use = { kind: "batch", momentum: 0.1 } as const;
  const { logits } = model.apply(weights.parameters, weights.state, batch.images, use);
  const loss = multiply(sum(crossEntropy(logits, batch.targets).losses), 1 / batchSize);
  const gradient = flattenTensors(model.layout, grad(loss, weights.parameters));
  return { inputs: { ...weights.inputs, ...batch.inputs }, outputs: { loss, gradient } };
}

async function evaluate(backend: Backend, model: Model, { theta, state }: FlatWeights) {
  const executable = await backend.compile(traceLossAndGradient(model));
  const [result] = await executable.run([{ ...images, theta, ...(state.length > 0 && { state }) }]);
  executable.dispose();
  return result;
}

/** Weights after `steps` of SGD on the one batch. */
async function train(backend: Backend, model: Model, weights: FlatWeights, steps: number): Promise<FlatWeights> {
  const vector = (data: Float32Array) => backend.createTensor({ dtype: "float", shape: [data.length] }, data);
  const tensors = {
    theta: vector(weights.theta),
    ...(weights.state.length > 0 && { state: vector(weights.state) }),
    moment0: vector(new Float32Array(weights.theta.length)),
  };
  const optimizer = createSgd({ momentum: 0.9, nesterov: false, weightDecay: 0 });
  const program = traceTrainStep(model, crossEntropy, optimizer, source, batchSize);
  const executable = await backend.compile(program, { inputs: tensors, outputs: tensors });
  const feed = { ...images, learningRate: new Float32Array([0.02]) };
  await executable.run(new Array<Feed>(steps).fill(feed));
  const [theta, state] = await Promise.all([backend.read(tensors.theta), tensors.state && backend.read(tensors.state)]);
  executable.dispose();
  for (const tensor of Object.values(tensors)) tensor.dispose();
  return { theta: theta as Float32Array, state: (state ?? weights.state) as Float32Array };
}

interface Family {
  readonly title: string;
  readonly spec: ModelSpec;
  /** Steps that bring the loss to about a thousandth. */
  readonly steps: number;
}

const families: readonly Family[] = [
  {
    title: "VGG11 with BatchNorm",
    spec: { name: "vgg", depth: 11, width: 0.125, batchNorm: true, classes: 4 },
    steps: 30,
  },
  { title: "VGG11", spec: { name: "vgg", depth: 11, width: 0.125, batchNorm: false, classes: 4 }, steps: 80 },
  { title: "MLP, tanh", spec: { name: "mlp", hidden: [24, 16], activation: "tanh", classes: 4 }, steps: 100 },
  { title: "MLP, ReLU", spec: { name: "mlp", hidden: [24, 16], activation: "relu", classes: 4 }, steps: 100 },
];

export function modelSuite(name: string, create: () => Promise<Backend>): void {
  describe(`models on the ${name} backend, against the reference`, () => {
    let backend: Backend;
    const reference = createReferenceBackend();
    beforeAll(async () => {
      backend = await create();
    });
    afterAll(() => {
      backend.dispose();
      reference.dispose();
    });

    for (const { title, spec, steps } of families) {
      const model = createModel(spec, image);
      const initial = drawInitialWeights(model, { scheme: "he-normal", seed: 3 });
      const compare = async (weights: FlatWeights) => {
        const [wanted, found] = [await evaluate(reference, model, weights), await evaluate(backend, model, weights)];
        const bound = Math.max(1, -Math.log(wanted.loss[0]));
        expect(relativeError(found.loss, wanted.loss), "loss").toBeLessThanOrEqual(1e-6 * bound);
        expect(relativeError(found.gradient, wanted.gradient), "gradient").toBeLessThanOrEqual(1e-5 * bound);
        return wanted.loss[0];
      };

      test(`${title}: initial weights`, async () => {
        expect(await compare(initial)).toBeGreaterThan(0.5);
      });

      test(`${title}: trained weights`, async () => {
        const loss = await compare(await train(backend, model, initial, steps));
        expect(loss).toBeLessThan(0.01);
      });
    }
  });
}

/** Exact products with a curvature matrix of a set's mean loss, at the weights as they are when the operator is made. */
import { createVector } from "../../execution/device-weights.ts";
import { createLayout } from "../../models/layout.ts";
import {
  type CurvatureOperatorOptions,
  checkWidth,
  chooseTensors,
  countExamples,
  requireFinite,
} from "./curvature-options.ts";
import { createHoistedPass } from "./hoisted-pass.ts";
import { type CurvatureOperator, MicroBatchOperator } from "./micro-batch-operator.ts";
import type { PassTensors } from "./pass.ts";
import { createRecomputingPass } from "./recomputing-pass.ts";
import { sampleLabels } from "./sample-labels.ts";

export type { CurvatureOperator, CurvatureOperatorOptions };

/** Throws CurvatureError for a question without an answer, the signal's reason, or a BackendError. */
export async function createCurvatureOperator(options: CurvatureOperatorOptions): Promise<CurvatureOperator> {
  const { backend, model, images, weights, microBatches, window, signal, width = 1 } = options;
  const exampleCount = countExamples(options);
  checkWidth(width);
  const tensors = chooseTensors(options);
  const vectorLayout = options.isCompact ? createLayout(tensors) : model.layout;
  await requireFinite(backend, weights);
  signal?.throwIfAborted();

  const owned: { dispose(): void }[] = [];
  const dispose = () => {
    for (const each of owned) each.dispose();
  };
  const own = <T extends { dispose(): void }>(thing: T): T => {
    owned.push(thing);
    return thing;
  };
  try {
    const vectors = Array.from({ length: width }, (_, i) => own(createVector(backend, vectorLayout, `vector ${i}`)));
    const products = Array.from({ length: width }, (_, i) => own(createVector(backend, vectorLayout, `product ${i}`)));
    const labels =
      options.kind === "fisher"
        ? own(await sampleLabels({ ...options, seed: options.seed ?? 0 }, signal))
        : images.labels;
    const { loss, kind, batchNorm, filterScaled = false } = options;
    const exampleWeight = 1 / exampleCount;
    const matrix = { model, loss, kind, batchNorm, tensors, vectorLayout, filterScaled, exampleWeight };
    const passTensors: PassTensors = { backend, matrix, images, labels, weights, microBatches, vectors, products };
    const { hoistBytes = 0, isRenewable = false } = options;
    const hoisted = hoistBytes > 0 ? await createHoistedPass(passTensors, hoistBytes, isRenewable, signal) : null;
    const whole = own(hoisted ?? (await createRecomputingPass(passTensors)));
    return new MicroBatchOperator(passTensors, whole, hoisted !== null, window, dispose);
  } catch (error) {
    dispose();
    throw error;
  }
}

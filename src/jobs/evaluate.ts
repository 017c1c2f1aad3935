/** Loss, accuracy and, if wanted, the gradient of weights on a subset. */
import type { Backend } from "../backends/backend.ts";
import { uploadImages } from "../execution/device-images.ts";
import { disposeWeights, uploadWeights } from "../execution/device-weights.ts";
import { Evaluator } from "../execution/evaluator.ts";
import { computeGradient } from "../execution/gradient.ts";
import type { Model } from "../models/model.ts";
import type { JobHandlers } from "./job-context.ts";
import { checkWeights, lossOf, microBatchesOn, modelOf, pixelNormalizationOf } from "./problem.ts";

export const evaluate: JobHandlers["evaluate"] = async (params, { signal, workbench }) => {
  const { spec, weights, subset } = params;
  const model: Model = modelOf(spec);
  checkWeights(model, weights);
  const created: { readonly backend: Backend } = await workbench.backend(params.backend);
  const { backend } = created;
  const set = (await workbench.images(spec.data))[subset];
  signal.throwIfAborted();
  const window = workbench.window();
  const images = uploadImages(backend, set, pixelNormalizationOf(spec), subset);
  const resident = uploadWeights(backend, model, weights);
  try {
    const microBatches = microBatchesOn(backend, set.count);
    const options = { loss: lossOf(spec), batchNorm: "frozen", microBatches } as const;
    const evaluator = await Evaluator.create(backend, model, images, resident, options);
    const { loss, accuracy, count } = await evaluator.evaluate(window, signal).finally(() => evaluator.dispose());
    const result = { loss, accuracy, count, backend: backend.description };
    if (!params.gradient) return result;
    const { gradient } = await computeGradient({
      backend,
      model,
      images,
      weights: resident,
      ...options,
      window,
      signal,
    });
    return { ...result, gradient };
  } finally {
    images.dispose();
    disposeWeights(resident);
  }
};

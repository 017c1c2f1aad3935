/** Operators of small problems, and their products on the host. */
import type { Backend, DeviceTensor, HostArray } from "../../../src/backends/backend.ts";
import { createReferenceBackend } from "../../../src/backends/reference/backend.ts";
import type {
  CurvatureOperator,
  CurvatureOperatorOptions,
} from "../../../src/curvature/products/curvature-operator.ts";
import { createCurvatureOperator } from "../../../src/curvature/products/curvature-operator.ts";
import type { PixelNormalization } from "../../../src/data/pixel-normalization.ts";
import { loaderMicroBatches } from "../../../src/execution/micro-batches.ts";
import { WorkWindow } from "../../../src/execution/work-window.ts";
import { crossEntropy } from "../../../src/models/losses/cross-entropy.ts";
import type { Model } from "../../../src/models/model.ts";

export interface Problem {
  readonly model: Model;
  readonly weights: { readonly theta: HostArray; readonly state: HostArray };
  readonly pixels: Uint8Array;
  readonly labels: Int32Array;
  readonly pixelNormalization: PixelNormalization;
  readonly batchSize: number;
}

export type Choice = Partial<
  Omit<CurvatureOperatorOptions, "backend" | "model" | "images" | "weights" | "microBatches" | "window">
> & {
  /** The weights on the device, for who wants to write them later. */
  readonly theta?: DeviceTensor;
};

export interface HostOperator {
  readonly operator: CurvatureOperator;
  /** A·v for every one of `vectors`, in passes as wide as the operator. */
  multiply(...vectors: readonly HostArray[]): Promise<Float64Array[]>;
}

export async function openOperator(
  problem: Problem,
  choice: Choice = {},
  backend: Backend = createReferenceBackend(),
): Promise<HostOperator> {
  const { model, weights, pixels, labels, pixelNormalization, batchSize } = problem;
  const { height, width, channels } = model.image;
  const count = labels.length;
  const vector = (data: HostArray) => backend.createTensor({ dtype: "float", shape: [data.length] }, data);
  const operator = await createCurvatureOperator({
    kind: "hessian",
    loss: crossEntropy,
    batchNorm: "frozen",
    ...choice,
    backend,
    model,
    images: {
      pixels: backend.createTensor({ dtype: "byte", shape: [count, channels, height, width] }, pixels),
      labels: backend.createTensor({ dtype: "int", shape: [count] }, labels),
      count,
      pixelNormalization,
      dispose: () => {},
    },
    weights: {
      theta: choice.theta ?? vector(weights.theta),
      ...(weights.state.length > 0 && { state: vector(weights.state) }),
    },
    microBatches: loaderMicroBatches(count, batchSize),
    window: new WorkWindow(),
  });
  const multiply = async (...vectors: readonly HostArray[]) => {
    const results: Float64Array[] = [];
    for (let start = 0; start < vectors.length; start += operator.vectors.length) {
      const block = vectors.slice(start, start + operator.vectors.length);
      for (const [i, v] of block.entries()) backend.write(operator.vectors[i], v);
      await operator.apply(block.length);
      for (let i = 0; i < block.length; i++) {
        results.push(Float64Array.from(await backend.read(operator.products[i])));
      }
    }
    return results;
  };
  return { operator, multiply };
}

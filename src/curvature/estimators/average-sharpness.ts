/** Average-case sharpness: the mean of L(w + δ) − L(w) over random δ, with its standard error. */
import { Pipeline } from "../../execution/pipeline.ts";
import { type Estimate, estimateMean, type ProbeStatus } from "./estimate.ts";

export interface AverageOptions {
  /** L(w) */
  readonly loss: number;
  readonly draws: number;
  /** w + δ of draw number `index`. */
  readonly perturbed: (index: number) => Float32Array;
  /** Resolves once the evaluation is enqueued, with a promise of its loss. */
  readonly enqueue: (theta: Float32Array) => Promise<{ readonly loss: Promise<number> }>;
  readonly signal?: AbortSignal;
  readonly onDraw?: (estimate: Estimate) => void | Promise<void>;
}

/** Draws that may be enqueued before the first of them is read. */
const drawsAhead = 2;

/**
 * A cancelled one resolves with the draws that ended; one that meets a loss that is not finite ends there. Rejects with the
 * error of `enqueue`.
 */
export async function averageSharpness(
  options: AverageOptions,
): Promise<{ readonly estimate: Estimate; readonly status: ProbeStatus }> {
  const { loss, draws, perturbed, enqueue, signal, onDraw } = options;
  const rises: number[] = [];
  const pipeline = new Pipeline(drawsAhead);
  let status: ProbeStatus = "complete";
  try {
    for (let index = 0; index < draws && status === "complete"; index++) {
      const evaluation = await enqueue(perturbed(index));
      await pipeline.add(evaluation.loss, async (found) => {
        if (!Number.isFinite(found)) status = "non-finite";
        if (status === "non-finite") return;
        rises.push(found - loss);
        await onDraw?.(estimateMean(rises));
      });
    }
    await pipeline.drain();
  } catch (error) {
    if (!signal?.aborted) throw error;
    status = "cancelled";
    await pipeline.drain();
  }
  return { estimate: estimateMean(rises), status };
}

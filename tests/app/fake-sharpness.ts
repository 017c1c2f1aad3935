/** The fake runner's measures of flatness: estimates of a plausible minimum, better with every draw. */
import { isAverage, type SharpnessEstimate } from "../../src/experiment/sharpness.ts";
import type { Jobs } from "../../src/jobs/jobs.ts";

interface Context {
  readonly signal: AbortSignal;
  emit(event: Jobs["sharpness"]["event"]): void;
  pause(ms: number): Promise<void>;
}

export const fakeSharpness = {
  async sharpness(
    { spec, request }: Jobs["sharpness"]["params"],
    { signal, emit, pause }: Context,
  ): Promise<Jobs["sharpness"]["result"]> {
    const estimates: SharpnessEstimate[] = [];
    for (const [index, { kind, radius, count }] of request.measures.entries()) {
      for (let done = 1; done <= count && !signal.aborted; done++) {
        await pause(20);
        const standardError = isAverage(kind) ? (done > 1 ? radius / Math.sqrt(done) : Number.NaN) : null;
        const value = isAverage(kind) ? radius : radius * (2 - 1 / done);
        estimates[index] = {
          kind,
          radius,
          value,
          standardError,
          done,
          status: done < count ? "cancelled" : "complete",
        };
        emit({ kind: "progress", measure: index, estimate: { ...estimates[index], status: "complete" } });
      }
    }
    const isDone =
      estimates.length === request.measures.length && estimates.every(({ status }) => status === "complete");
    const examples = spec.data[request.subset].count ?? 50_000;
    const report = { spec, request, examples, microBatches: [examples], backend: "WebGPU (example)", elapsedMs: 500 };
    return { loss: 0.1, figures: estimates, status: isDone ? "complete" : "cancelled", report };
  },
};

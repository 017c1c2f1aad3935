/** The trace of a curvature matrix over random probes. A cancelled one resolves with the probes done. */
import { hutchPlusPlus } from "../curvature/estimators/hutch-plus-plus.ts";
import { estimateFrobeniusNorm, estimateTrace, runProbes } from "../curvature/estimators/probes.ts";
import { withCurvature } from "./curvature-problem.ts";
import type { JobHandlers } from "./job-context.ts";
import { sendInOrder } from "./send-in-order.ts";

/** For the sketch of Hutch++. */
const memoryBytes = 2 ** 32;

export const trace: JobHandlers["trace"] = (params, { signal, emit, workbench }) =>
  withCurvature(params, workbench, signal, async ({ operator, started, report }) => {
    const { method, probes, request } = params;
    const { seed } = request;
    await emit(started);
    const sender = sendInOrder(emit);
    if (method === "hutch++") {
      const found = await hutchPlusPlus(operator, { products: probes, seed, memoryBytes, signal });
      const { mean, standardError, products, status } = found;
      return { method, trace: { mean, standardError }, probes: found.probes, products, status, report: report() };
    }
    const { samples, status } = await runProbes(operator, {
      probes,
      kind: "rademacher",
      seed,
      signal,
      onProbe: ({ quadratic }, index) => sender.send({ kind: "probe", probe: index + 1, value: quadratic }),
    });
    await sender.sent();
    const [sum, norm] = [estimateTrace(samples), estimateFrobeniusNorm(samples)];
    return {
      method,
      trace: { mean: sum.mean, standardError: sum.standardError },
      frobeniusNorm: { mean: norm.mean, standardError: norm.standardError },
      probes: samples.length,
      products: samples.length,
      status,
      report: report(),
    };
  });

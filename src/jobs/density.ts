/** The spectral density of a curvature matrix, one quadrature a probe. A cancelled one resolves with the probes done. */
import { lanczosQuadrature } from "../curvature/estimators/lanczos-quadrature.ts";
import { withCurvature } from "./curvature-problem.ts";
import type { JobHandlers } from "./job-context.ts";
import { sendInOrder } from "./send-in-order.ts";

/** For the bases of the probes that share a pass over the data. */
const memoryBytes = 2 ** 32;

export const density: JobHandlers["density"] = (params, { signal, emit, workbench }) =>
  withCurvature(params, workbench, signal, async ({ operator, started, report }) => {
    const { steps, probes, request } = params;
    await emit(started);
    const sender = sendInOrder(emit);
    const { runs, products, status } = await lanczosQuadrature(operator, {
      steps: Math.min(steps, operator.dimension),
      probes,
      kind: "rademacher",
      seed: request.seed,
      memoryBytes,
      signal,
      onProbe: ({ nodes, weights }, index) =>
        sender.send({
          kind: "probe",
          probe: index + 1,
          run: { nodes: nodes.slice(), weights: weights.slice() },
        }),
    });
    await sender.sent();
    return { runs, products, status, report: report() };
  });

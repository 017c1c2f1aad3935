/** A curvature matrix times one vector. */
import { readVector } from "../training/device-weights.ts";
import { withCurvature } from "./curvature-problem.ts";
import type { JobHandlers } from "./jobs.ts";

export const product: JobHandlers["product"] = (params, { signal, workbench }) =>
  withCurvature(params, workbench, signal, async ({ operator, report }) => {
    const { backend, vectors, products, support } = operator;
    backend.write(vectors[0], params.vector);
    await operator.apply(1, signal);
    const found = await readVector(backend, products[0]);
    let [form, square] = [0, 0];
    for (const { start, length } of support) {
      for (let i = start; i < start + length; i++) {
        form += params.vector[i] * found[i];
        square += params.vector[i] ** 2;
      }
    }
    return { product: found, rayleighQuotient: form / square, report: report() };
  });

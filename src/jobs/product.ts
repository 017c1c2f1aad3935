/** A curvature matrix times one vector. */
import { CurvatureError } from "../curvature/curvature-error.ts";
import { readVector } from "../execution/device-weights.ts";
import { describeModel } from "../models/state-dict.ts";
import type { ProductParams } from "./curvature-jobs.ts";
import { withCurvature } from "./curvature-problem.ts";
import type { JobHandlers } from "./job-context.ts";
import { modelOf } from "./problem.ts";

export const product: JobHandlers["product"] = async (params, { signal, workbench }) => {
  checkVector(params);
  return withCurvature(params, workbench, signal, async ({ operator, report }) => {
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
};

/** Throws CurvatureError. */
function checkVector({ spec, vector }: ProductParams): void {
  const model = modelOf(spec);
  const { length } = model.layout;
  if (vector.length !== length) {
    throw new CurvatureError(
      `The vector has ${vector.length} numbers, and ${describeModel(model)} takes ${length}. Give one that was made for this model.`,
    );
  }
  const bad = vector.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new CurvatureError(`The vector holds ${vector[bad]} at place ${bad}. It must be finite.`);
}

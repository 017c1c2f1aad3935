/** The exact second-order expansion of the loss in a plane, from its gradient and two Hessian products. */
import { readVector } from "../execution/device-weights.ts";
import { computeGradient } from "../execution/gradient.ts";
import { withCurvatureGround } from "./curvature-ground.ts";
import type { JobHandlers } from "./job-context.ts";
import { planeDirections, planeHessian } from "./plane-curvature.ts";

export const quadraticModel: JobHandlers["quadraticModel"] = async (params, { signal, workbench }) => {
  const { u, v } = planeDirections(params, workbench);
  const hessian = planeHessian(params, { parameters: ["*"], seed: 0 });
  const directions = v ? [u, v] : [u];
  return withCurvatureGround(hessian, workbench, signal, (ground) =>
    ground.use({ width: directions.length, hoistBytes: 0 }, async (operator) => {
      const { loss, gradient } = await computeGradient({ ...ground, signal });
      directions.forEach((direction, i) => {
        ground.backend.write(operator.vectors[i], direction);
      });
      await operator.apply(directions.length, signal);
      const [hu, hv] = await Promise.all(operator.products.map((product) => readVector(ground.backend, product)));
      if (!v) return { loss, gradient: [dot(gradient, u), 0], hessian: [dot(u, hu), 0, 0] };
      return {
        loss,
        gradient: [dot(gradient, u), dot(gradient, v)],
        // Both are uᵀHv; their rounding is not the same.
        hessian: [dot(u, hu), (dot(v, hu) + dot(u, hv)) / 2, dot(v, hv)],
      };
    }),
  );
};

/** The inner product of two vectors, summed in float64. */
function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** The quadratic model's values, and what a surface's files hold of it. */
import type { QuadraticModel } from "./curvature.ts";
import type { SurfaceValues } from "./surface.ts";
import type { SurfaceAdditions } from "./surface-files.ts";

/** f(0) + gᵀs + ½sᵀHs at s = (α, β), in nats. */
export function modelAt({ loss, gradient, hessian }: QuadraticModel, alpha: number, beta: number): number {
  const [alphaAlpha, alphaBeta, betaBeta] = hessian;
  const slope = gradient[0] * alpha + gradient[1] * beta;
  return loss + slope + (alphaAlpha * alpha * alpha + 2 * alphaBeta * alpha * beta + betaBeta * beta * beta) / 2;
}

/** Its value at every point, measured or not, as `quadratic`; its coefficients as `quadraticModel`. */
export function modelAdditions(model: QuadraticModel, { columns, alpha, beta, loss }: SurfaceValues): SurfaceAdditions {
  const quadratic = Float64Array.from(loss, (_, cell) =>
    modelAt(model, alpha[cell % columns], beta[Math.floor(cell / columns)]),
  );
  return { grids: { quadratic }, documents: { quadraticModel: model } };
}

/**
 * The extreme eigenvalues of the Hessian of the weights of rank 2 and more, at points of a plane, coarse to fine. A cancelled
 * one resolves with the points done.
 */
import { lanczos } from "../curvature/solvers/lanczos.ts";
import type { ProbeStatus } from "../experiment/curvature.ts";
import { axisValues, coarseToFine } from "../landscape/grid.ts";
import { withCurvatureGround } from "./curvature-ground.ts";
import type { ConvexityParams } from "./curvature-jobs.ts";
import type { JobHandlers } from "./jobs.ts";
import { placeInPlane } from "./place-in-plane.ts";
import { planeDirections, planeHessian } from "./plane-curvature.ts";
import { modelOf } from "./problem.ts";

export const convexity: JobHandlers["convexity"] = async (params, { signal, emit, workbench }) => {
  const { tolerance, maxProducts, memoryBytes, seed, plane, weights } = params;
  const directions = planeDirections(params, workbench);
  const [alpha, beta] = [axisValues(params.alpha), plane.y ? axisValues(params.beta) : Float64Array.of(0)];
  const cells = coarseToFine(alpha.length, beta.length);
  const unmeasured = () => new Float64Array(alpha.length * beta.length).fill(Number.NaN);
  const [largest, smallest] = [unmeasured(), unmeasured()];
  const hessian = planeHessian(params, { parameters: weightNames(params), seed });

  return withCurvatureGround(hessian, workbench, signal, async (ground) => {
    const operator = await ground.open({ isCompact: true, isRenewable: true });
    const mover = await placeInPlane(ground, weights.theta, directions);
    let [products, done] = [0, 0];
    let status: ProbeStatus = "complete";
    try {
      const { dimension, flop } = operator;
      await emit(ground.started(dimension, flop));
      for (const cell of cells) {
        await mover.move(alpha[cell % alpha.length], beta[Math.floor(cell / alpha.length)]);
        await operator.renew();
        const ends = { top: 1, bottom: Math.min(1, dimension - 1) };
        const found = await lanczos(operator, { ...ends, tolerance, maxProducts, memoryBytes, seed, signal });
        products += found.products;
        if (found.status === "cancelled") {
          status = "cancelled";
          break;
        }
        // Of a point with a loss that is not finite both stay unmeasured.
        if (found.status !== "non-finite") [largest[cell], smallest[cell]] = [found.values[0], found.values.at(-1)!];
        done++;
        await emit({
          kind: "point",
          cell,
          largest: largest[cell],
          smallest: smallest[cell],
          done,
          points: cells.length,
        });
      }
      const report = ground.report(dimension, flop);
      return { alpha, beta, largest, smallest, tolerance, products, status, report };
    } finally {
      mover.dispose();
      operator.dispose();
    }
  });
};

/** Those of rank 2 and more: biases and BatchNorm's parameters left out, as in Li et al. 2018. */
const weightNames = ({ spec }: ConvexityParams) =>
  modelOf(spec)
    .layout.entries.filter(({ role }) => role === "weight")
    .map(({ name }) => name);

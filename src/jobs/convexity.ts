/**
 * The extreme eigenvalues of the Hessian of the weights of rank 2 and more, at points of a plane, coarse to fine. A cancelled
 * one resolves with the points done.
 */
import { CurvatureError } from "../curvature/curvature-error.ts";
import { LanczosSolver } from "../curvature/solvers/lanczos.ts";
import type { ProbeStatus } from "../experiment/curvature.ts";
import { axisValues, coarseToFine } from "../experiment/grid.ts";
import { withCurvatureGround } from "./curvature-ground.ts";
import type { ConvexityParams } from "./curvature-jobs.ts";
import type { JobHandlers } from "./job-context.ts";
import { planeDirections, planeHessian } from "./plane-curvature.ts";
import { type MoveInPlane, withPlaneMoves } from "./plane-moves.ts";
import { modelOf } from "./problem.ts";

export const convexity: JobHandlers["convexity"] = async (params, { signal, emit, workbench }) => {
  const { tolerance, maxProducts, memoryBytes, seed, plane, weights } = params;
  const directions = planeDirections(params, workbench);
  const [alpha, beta] = [axisValues(params.alpha), plane.y ? axisValues(params.beta) : Float64Array.of(0)];
  checkGrid(alpha.length, beta.length);
  const cells = coarseToFine(alpha.length, beta.length);
  const unmeasured = () => new Float64Array(cells.length).fill(Number.NaN);
  const [largest, smallest] = [unmeasured(), unmeasured()];
  const hessian = planeHessian(params, { parameters: weightNames(params), seed });

  return withCurvatureGround(hessian, workbench, signal, (ground) =>
    ground.use({ isCompact: true, isRenewable: true }, async (operator) => {
      const { dimension, flop } = operator;
      const ends = { top: 1, bottom: Math.min(1, dimension - 1) };
      const solver = new LanczosSolver(operator, { ...ends, tolerance, maxProducts, memoryBytes, seed, signal });
      let [products, done, unconverged] = [0, 0, 0];
      const measure = async (cell: number, move: MoveInPlane) => {
        await move(alpha[cell % alpha.length], beta[Math.floor(cell / alpha.length)]);
        await operator.renew();
        const { values, products: spent, status } = await solver.solve();
        products += spent;
        signal.throwIfAborted();
        if (status !== "converged") unconverged++;
        if (status !== "non-finite") [largest[cell], smallest[cell]] = [values[0], values[values.length - 1]];
        done++;
      };
      const measureAll = async (move: MoveInPlane) => {
        for (const cell of cells) {
          await measure(cell, move);
          const found = { cell, largest: largest[cell], smallest: smallest[cell] };
          await emit({ kind: "point", ...found, done, points: cells.length });
        }
      };
      let status: ProbeStatus = "complete";
      try {
        await emit(ground.started(dimension, flop));
        await withPlaneMoves(ground, weights.theta, directions, measureAll);
      } catch (error) {
        if (!signal.aborted) throw error;
        status = "cancelled";
      } finally {
        await solver.dispose();
      }
      const report = ground.report(dimension, flop);
      return { alpha, beta, largest, smallest, tolerance, unconverged, products, status, report };
    }),
  );
};

function checkGrid(columns: number, rows: number): void {
  if (columns >= 1 && rows >= 1) return;
  throw new CurvatureError(`A grid of ${columns} × ${rows} points: take at least one in each direction.`);
}

/** Those of rank 2 and more: biases and BatchNorm's parameters left out, as in Li et al. 2018. */
const weightNames = ({ spec }: ConvexityParams) =>
  modelOf(spec)
    .layout.entries.filter(({ role }) => role === "weight")
    .map(({ name }) => name);

/** What a curvature job's parameters come to: an operator on resident weights and images, and a report of them. */
import type { CurvatureOperator } from "../curvature/products/curvature-operator.ts";
import type { CurvatureReport } from "../experiment/curvature.ts";
import { withCurvatureGround } from "./curvature-ground.ts";
import type { CurvatureParams, CurvatureStarted } from "./curvature-jobs.ts";
import type { Workbench } from "./job-context.ts";

export interface CurvatureProblem {
  readonly operator: CurvatureOperator;
  readonly started: CurvatureStarted;
  /** Report of the work up to now. */
  report(): CurvatureReport;
}

/** Runs `solve` on the one operator that `params` ask for, and frees what it took. Rejects with CurvatureError and the like. */
export const withCurvature = <Result>(
  params: CurvatureParams,
  workbench: Workbench,
  signal: AbortSignal,
  solve: (problem: CurvatureProblem) => Promise<Result>,
): Promise<Result> =>
  withCurvatureGround(params, workbench, signal, ({ use, started, report }) =>
    use({}, (operator) => {
      const { dimension, flop } = operator;
      return solve({ operator, started: started(dimension, flop), report: () => report(dimension, flop) });
    }),
  );

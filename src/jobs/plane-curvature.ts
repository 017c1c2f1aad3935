/** What the curvature jobs of a plane share: the plane's directions, and the Hessian asked for there. */
import { CurvatureError } from "../curvature/curvature-error.ts";
import type { CurvatureRequest } from "../experiment/curvature.ts";
import { type Directions, prepareDirections } from "../landscape/directions.ts";
import type { CurvatureParams, PlaneParams } from "./curvature-jobs.ts";
import type { Workbench } from "./job-context.ts";
import { checkWeights, modelOf } from "./problem.ts";

/** The directions that a surface of this plane would use. Throws StateDictError. */
export function planeDirections({ spec, weights, plane }: PlaneParams, workbench: Workbench): Directions {
  const model = modelOf(spec);
  checkWeights(model, weights);
  return prepareDirections(model, weights.theta, plane, workbench.draws);
}

/** The Hessian's block of `parameters`. Throws CurvatureError for statistics that have no derivative. */
export function planeHessian(
  { spec, weights, plane, backend }: PlaneParams,
  { parameters, seed }: Pick<CurvatureRequest, "parameters" | "seed">,
): CurvatureParams {
  const hasStatistics = modelOf(spec).stateLayout.length > 0;
  if (hasStatistics && plane.batchNorm === "reestimated") {
    throw new CurvatureError(
      "Statistics re-estimated at every point have no exact derivative here. Choose frozen or batch statistics.",
    );
  }
  const request: CurvatureRequest = {
    operator: "hessian",
    subset: plane.subset,
    batchNorm: plane.batchNorm === "batch" ? "batch" : "frozen",
    parameters,
    filterScaled: false,
    seed,
  };
  return { spec, weights, request, backend };
}

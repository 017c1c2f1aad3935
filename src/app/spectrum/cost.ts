/** What curvature costs before it is measured: exact where it has been measured, else from the cost of a loss. */
import type { CurvatureKind, CurvatureReport, CurvatureRequest } from "../../experiment/curvature.ts";
import type { Spec } from "../../experiment/spec.ts";
import { exampleCount, type KeptImages } from "../stores/image-counts.ts";

/** Work of one product over that of a loss on the same examples, about: three for the gradient, twice that for Hv. */
const productOverLoss: Readonly<Record<CurvatureKind, number>> = {
  hessian: 6,
  ggn: 5,
  fisher: 5,
  "empirical-fisher": 5,
};

export interface ProductCost {
  readonly flop: number;
  /** Known from a product, not estimated. */
  readonly isExact: boolean;
}

/** Whether a product of both takes the same work: the same model, examples, operator and parameters. */
function sameWork(report: CurvatureReport, spec: Spec, request: CurvatureRequest): boolean {
  const key = ({ model, data, training }: Spec, { seed: _, ...rest }: CurvatureRequest) =>
    JSON.stringify([model, data, training.batchSize, rest]);
  return key(report.spec, report.request) === key(spec, request);
}

/** `lossFlop`: of one loss over the training set, null while it is not known. */
export function productCost(
  spec: Spec,
  request: CurvatureRequest,
  reports: readonly CurvatureReport[],
  lossFlop: number | null,
  kept: KeptImages,
): ProductCost | null {
  const known = reports.find((report) => sameWork(report, spec, request));
  if (known) return { flop: known.flopPerProduct, isExact: true };
  if (lossFlop === null) return null;
  const share = exampleCount(spec, request.subset, kept) / exampleCount(spec, "train", kept);
  return { flop: lossFlop * share * productOverLoss[request.operator], isExact: false };
}

/** FLOP/s over a whole measurement, uploads included. */
export const speedOf = ({ flopPerProduct, elapsedMs }: CurvatureReport, products: number): number =>
  (flopPerProduct * products) / (elapsedMs / 1000);

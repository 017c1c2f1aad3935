/** What every measurement of the Spectrum page is of and within which limits: the matrix, the examples, the solver's bounds. */
import { z } from "zod";
import { type CurvatureRequest, curvatureBatchNormModes, curvatureKinds } from "../../../experiment/curvature.ts";
import { surfaceSubsets } from "../../../experiment/surface.ts";
import { maxSeed } from "../../../experiment/surface-texts.ts";

export const matrixShape = {
  operator: z.enum(curvatureKinds).default("hessian"),
  subset: z.enum(surfaceSubsets).default("train"),
  batchNorm: z.enum(curvatureBatchNormModes).default("frozen"),
  /** Names of tensors, `*` standing for any text. */
  parameters: z.array(z.string().min(1).max(200)).min(1).max(40).default(["*"]),
  filterScaled: z.boolean().default(false),
  seed: z.int().min(0).max(maxSeed).default(0),
  /** Bound on the residuals, over the largest |λ|. */
  tolerance: z.number().min(1e-7).max(0.5).default(1e-3),
  maxProducts: z.int().min(1).max(100_000).default(400),
  memoryMegabytes: z.number().min(1).max(65_536).default(1024),
};

export type MatrixView = z.infer<z.ZodObject<typeof matrixShape>>;

export function curvatureRequest(view: MatrixView): CurvatureRequest {
  const { operator, subset, batchNorm, parameters, filterScaled, seed } = view;
  return { operator, subset, batchNorm, parameters, filterScaled, seed };
}

/** The bounds of a solve, as jobs take them. */
export const solverOf = ({ tolerance, maxProducts, memoryMegabytes }: MatrixView) => ({
  tolerance,
  maxProducts,
  memoryBytes: memoryMegabytes * 1e6,
});

/** Options that several commands have, as parts of their schemas, and what these come to. */
import { z } from "zod";
import { type CurvatureRequest, curvatureBatchNormModes, curvatureKinds } from "../../experiment/curvature.ts";
import type { ResultName } from "../../experiment/measurements/list.ts";
import { surfaceSubsets } from "../../experiment/surface.ts";
import { maxSeed } from "../../experiment/surface-texts.ts";
import { backendChoices } from "../option-types.ts";
import { resultFileNames } from "../result-files.ts";
import { flag, withHelp } from "../schema-options.ts";

export const backendOption = withHelp(
  z.enum(backendChoices).default("auto"),
  "name",
  "where to compute; auto is the faster of webgpu and tfjs here",
);

export const seedOption = (description: string) => withHelp(z.int().min(0).max(maxSeed).default(1), "n", description);

/** The checkpoint that is measured at. */
export const checkpointOptions = {
  checkpoint: withHelp(z.string(), "file", "a safetensors state dict, of Basin or of PyTorch"),
  spec: withHelp(z.string().optional(), "file", "the specification; without it the checkpoint's own"),
};

/** "where layers.json and layers.csv go" */
function placeWords(names: readonly string[]): string {
  return `where ${names.join(" and ")} ${names.length > 1 ? "go" : "goes"}`;
}

/** The folder of a measurement's files. */
export const outOption = (name: ResultName) => withHelp(z.string(), "folder", placeWords(resultFileNames(name)));

export function optionalOut(name: ResultName) {
  const names = resultFileNames(name);
  const none = `none ${names.length > 1 ? "are" : "is"} written without`;
  return withHelp(z.string().optional(), "folder", `${placeWords(names)}; ${none}`);
}

/** The checkpoint, and the matrix whose curvature it is. */
export const matrixOptions = {
  ...checkpointOptions,
  operator: withHelp(z.enum(curvatureKinds).default("hessian"), "kind", "the matrix"),
  subset: withHelp(z.enum(surfaceSubsets).default("train"), "name", "the examples it is a mean over"),
  batchNorm: withHelp(z.enum(curvatureBatchNormModes).default("frozen"), "mode", "the statistics that BatchNorm uses"),
  parameters: withHelp(z.array(z.string()).default(["*"]), "globs", "the block of these tensors, as features.*.weight"),
  filterScaled: flag("scale rows and columns by the norms of the filters"),
  seed: seedOption("seed of random vectors and sampled labels"),
  backend: backendOption,
};

/** How exact eigenpairs are, and within what. */
export const solverOptions = (tolerance: number) => ({
  tolerance: withHelp(z.number().gt(0).default(tolerance), "t", "largest residual, relative to the largest |λ|"),
  maxProducts: withHelp(z.int().min(1).default(1000), "n", "stop a solve after so many products"),
  memory: withHelp(z.number().gt(0).default(1024), "mib", "for the basis, in MiB"),
});

export type MatrixOptions = z.output<z.ZodObject<typeof matrixOptions>>;
export type SolverOptions = z.output<z.ZodObject<ReturnType<typeof solverOptions>>>;

export const requestOf = (options: MatrixOptions): CurvatureRequest => ({
  operator: options.operator,
  subset: options.subset,
  batchNorm: options.batchNorm,
  parameters: options.parameters,
  filterScaled: options.filterScaled,
  seed: options.seed,
});

/** The bounds of a solve, as jobs take them. */
export const solveOf = ({ tolerance, maxProducts, memory }: SolverOptions) => ({
  tolerance,
  maxProducts,
  memoryBytes: memory * 2 ** 20,
});

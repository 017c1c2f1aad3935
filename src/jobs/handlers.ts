/** All jobs by name. */
import { benchmark } from "./benchmark.ts";
import { convexity } from "./convexity.ts";
import { curve } from "./curve.ts";
import { density } from "./density.ts";
import { describeDevice } from "./describe-device.ts";
import { describeModel } from "./describe-model.ts";
import { distances } from "./distances.ts";
import { estimateCost } from "./estimate-cost.ts";
import { evaluate } from "./evaluate.ts";
import { exportCheckpoint, importCheckpoint } from "./exchange-checkpoint.ts";
import { exportRun, importRun, unpackZip } from "./exchange-run.ts";
import { importImages, removeImages, storedImages } from "./import-images.ts";
import { initialize } from "./initialize.ts";
import type { JobHandlers } from "./job-context.ts";
import { layers } from "./layers.ts";
import { line } from "./line.ts";
import { match } from "./match.ts";
import { measureCells } from "./measure-cells.ts";
import { measurePoints } from "./measure-points.ts";
import { plane } from "./plane.ts";
import { product } from "./product.ts";
import { projectTrajectory } from "./project-trajectory.ts";
import { quadraticModel } from "./quadratic-model.ts";
import { selfCheck } from "./self-check.ts";
import { sharpness } from "./sharpness.ts";
import { spectrum } from "./spectrum.ts";
import { subsets } from "./subsets.ts";
import { surface } from "./surface.ts";
import { trace } from "./trace.ts";
import { train } from "./train.ts";
import { trajectory } from "./trajectory.ts";

export const jobHandlers: JobHandlers = {
  describeDevice,
  describeModel,
  estimateCost,
  initialize,
  train,
  evaluate,
  surface,
  measureCells,
  measurePoints,
  spectrum,
  density,
  trace,
  product,
  layers,
  subsets,
  quadraticModel,
  convexity,
  sharpness,
  distances,
  match,
  line,
  plane,
  trajectory,
  projectTrajectory,
  curve,
  selfCheck,
  benchmark,
  importImages,
  storedImages,
  removeImages,
  exportCheckpoint,
  importCheckpoint,
  exportRun,
  importRun,
  unpackZip,
};

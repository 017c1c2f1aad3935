/**
 * All jobs by name, each with the lanes that it needs: one trains at a time, one evaluates at a time, and a benchmark has the device
 * to itself.
 */
import { type ResultName, resultNames } from "../experiment/measurements/list.ts";
import { tableOf } from "../experiment/table-of.ts";
import { benchmark } from "./benchmark.ts";
import { calibrate } from "./calibrate.ts";
import { curve } from "./curve.ts";
import { describeDevice } from "./describe-device.ts";
import { describeModel } from "./describe-model.ts";
import { distances } from "./distances.ts";
import { estimateCost } from "./estimate-cost.ts";
import { evaluate } from "./evaluate.ts";
import { exportCheckpoint, importCheckpoint } from "./exchange-checkpoint.ts";
import { exportRun, importRun, unpackZip } from "./exchange-run.ts";
import { importImages, removeImages, storedImages } from "./import-images.ts";
import { initialize } from "./initialize.ts";
import type { JobLane, JobTable } from "./job-context.ts";
import { line } from "./line.ts";
import { match } from "./match.ts";
import { measureCells } from "./measure-cells.ts";
import { measurePoints } from "./measure-points.ts";
import { measurementJobs } from "./measurement-jobs.ts";
import { plane } from "./plane.ts";
import { product } from "./product.ts";
import { projectTrajectory } from "./project-trajectory.ts";
import { quadraticModel } from "./quadratic-model.ts";
import { selfCheck } from "./self-check.ts";
import { surface } from "./surface.ts";
import { train } from "./train.ts";
import { trajectory } from "./trajectory.ts";

const needing =
  (...lanes: readonly JobLane[]) =>
  <Handler>(run: Handler) => ({ run, lanes });
const free = needing();
const training = needing("training");
const evaluating = needing("evaluation");
const alone = needing("training", "evaluation");

const measuring: Pick<JobTable, ResultName> = tableOf(resultNames, (name) => evaluating(measurementJobs[name]));

export const jobTable: JobTable = {
  describeDevice: free(describeDevice),
  calibrate: free(calibrate),
  describeModel: free(describeModel),
  estimateCost: free(estimateCost),
  initialize: free(initialize),
  train: training(train),
  evaluate: evaluating(evaluate),
  surface: evaluating(surface),
  // Parts of another worker's jobs, whose own lanes say which of them go on.
  measureCells: free(measureCells),
  measurePoints: free(measurePoints),
  ...measuring,
  product: evaluating(product),
  quadraticModel: evaluating(quadraticModel),
  distances: evaluating(distances),
  match: evaluating(match),
  line: evaluating(line),
  plane: evaluating(plane),
  trajectory: free(trajectory),
  projectTrajectory: evaluating(projectTrajectory),
  curve: evaluating(curve),
  selfCheck: evaluating(selfCheck),
  benchmark: alone(benchmark),
  // Kept evaluators are disposed of afterwards.
  importImages: evaluating(importImages),
  storedImages: free(storedImages),
  removeImages: evaluating(removeImages),
  exportCheckpoint: free(exportCheckpoint),
  importCheckpoint: free(importCheckpoint),
  exportRun: free(exportRun),
  importRun: free(importRun),
  unpackZip: free(unpackZip),
};

/** The job of every measurement at a checkpoint. Each takes its turn on the evaluation lane. */
import type { ResultName } from "../experiment/measurements/list.ts";
import { convexity } from "./convexity.ts";
import { density } from "./density.ts";
import type { JobHandlers } from "./job-context.ts";
import { layers } from "./layers.ts";
import { sharpness } from "./sharpness.ts";
import { spectrum } from "./spectrum.ts";
import { subsets } from "./subsets.ts";
import { trace } from "./trace.ts";

export const measurementJobs: Pick<JobHandlers, ResultName> = {
  spectrum,
  density,
  trace,
  layers,
  subsets,
  convexity,
  sharpness,
};

/** Which jobs wait for which: one trains at a time, one evaluates at a time, and a benchmark has the device to itself. */
import type { JobLane } from "./job-context.ts";
import type { JobName } from "./jobs.ts";

export const jobLanes: Readonly<Record<JobName, readonly JobLane[]>> = {
  train: ["training"],
  evaluate: ["evaluation"],
  surface: ["evaluation"],
  // Parts of jobs of another worker, whose own lanes say which of them go on.
  measureCells: [],
  measurePoints: [],
  spectrum: ["evaluation"],
  density: ["evaluation"],
  trace: ["evaluation"],
  product: ["evaluation"],
  layers: ["evaluation"],
  subsets: ["evaluation"],
  quadraticModel: ["evaluation"],
  convexity: ["evaluation"],
  sharpness: ["evaluation"],
  distances: ["evaluation"],
  match: ["evaluation"],
  line: ["evaluation"],
  plane: ["evaluation"],
  trajectory: [],
  projectTrajectory: ["evaluation"],
  curve: ["evaluation"],
  selfCheck: ["evaluation"],
  benchmark: ["training", "evaluation"],
  describeDevice: [],
  describeModel: [],
  estimateCost: [],
  initialize: [],
  // Kept evaluators are disposed of afterwards.
  importImages: ["evaluation"],
  storedImages: [],
  removeImages: ["evaluation"],
  exportCheckpoint: [],
  importCheckpoint: [],
  exportRun: [],
  importRun: [],
  unpackZip: [],
};

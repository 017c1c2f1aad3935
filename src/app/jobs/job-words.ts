/** Jobs in words. */
import { tableOf } from "../../experiment/table-of.ts";
import type { JobName } from "../../jobs/jobs.ts";
import { formatDuration, formatPercent } from "../kit/format.ts";
import type { ShownJob } from "../stores/jobs-store.ts";
import { type StreamedName, streamedMeasurements, streamedNames } from "../stores/measurements/list.ts";

const names: Readonly<Partial<Record<JobName, string>>> = {
  ...tableOf<Record<StreamedName, string>>(streamedNames, (name) => streamedMeasurements[name].name),
  train: "Training",
  evaluate: "Evaluation",
  surface: "Surface",
  product: "Product",
  quadraticModel: "Quadratic model",
  convexity: "Convexity map",
  distances: "Distances",
  match: "Matching",
  line: "Line between runs",
  plane: "Plane through runs",
  projectTrajectory: "Path of the training",
  curve: "Connecting curve",
  selfCheck: "Self-check",
  benchmark: "Benchmark",
  importImages: "Import of images",
  removeImages: "Removal of images",
};

export const jobName = ({ name }: Pick<ShownJob, "name">): string => names[name] ?? "Other work";

/** "running, 42 %, 1 min left", "waits for Surface", "gives way to Eigenpairs". */
export function turnWords(job: ShownJob, jobs: readonly ShownJob[]): string {
  const done = job.fraction === null ? "" : `, ${formatPercent(job.fraction, 0)}`;
  if (job.turn === "running")
    return `running${done}${job.secondsLeft === null ? "" : `, ${formatDuration(job.secondsLeft)} left`}`;
  const ahead = jobAhead(jobs);
  const whom = ahead && ahead.id !== job.id ? jobName(ahead) : "what runs";
  return job.turn === "paused" ? `gives way to ${whom}${done}` : `waits for ${whom}`;
}

/** "Queued behind: Surface, 8 min 3 s left." for a job that has not begun; `jobs` are all of the worker's. */
export function queueWords(jobs: readonly ShownJob[]): string {
  const ahead = jobAhead(jobs);
  if (!ahead) return "Queued.";
  const left = ahead.secondsLeft === null ? "" : `, ${formatDuration(ahead.secondsLeft)} left`;
  return `Queued behind: ${jobName(ahead)}${left}.`;
}

/** The running job that others wait for. A training is the last to be so, since it shares the worker. */
const jobAhead = (jobs: readonly ShownJob[]): ShownJob | undefined =>
  jobs.find(({ turn, name }) => turn === "running" && name !== "train") ?? jobs.find(({ turn }) => turn === "running");

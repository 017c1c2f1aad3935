/** How far a job is, by what it was asked for and what it has last said. */
import type { JobEvent, JobName, JobParams } from "../../jobs/jobs.ts";

export interface JobProgress {
  /** 0 to 1; null where the job doesn't know. */
  readonly fraction: number | null;
  readonly secondsLeft: number | null;
}

type Reader<Name extends JobName> = (event: JobEvent<Name>, params: JobParams<Name>) => JobProgress | null;

const share = (done: number, total: number, secondsLeft: number | null = null): JobProgress => ({
  fraction: total > 0 ? Math.min(1, done / total) : null,
  secondsLeft: secondsLeft !== null && Number.isFinite(secondsLeft) ? secondsLeft : null,
});

const readers: { readonly [Name in JobName]?: Reader<Name> } = {
  train: (event) => (event.kind === "progress" ? share(event.step, event.steps, event.etaSeconds) : null),
  surface: (event) => (event.kind === "tile" ? share(event.done, event.evaluations, event.etaSeconds) : null),
  density: (event, { probes }) => (event.kind === "probe" ? share(event.probe, probes) : null),
  trace: (event, { probes }) => (event.kind === "probe" ? share(event.probe, probes) : null),
  layers: (event) => (event.kind === "layer" ? share(event.index + 1, event.layers) : null),
  subsets: (event) => (event.kind === "sample" ? share(event.index + 1, event.samples) : null),
  selfCheck: ({ done, total }) => share(done, total),
  distances: ({ done, total }) => share(done, total),
  trajectory: ({ fraction }) => share(fraction, 1),
};

const unknown: JobProgress = { fraction: null, secondsLeft: null };

export function progressOf<Name extends JobName>(
  name: Name,
  params: JobParams<Name>,
  latest: JobEvent<Name> | null,
): JobProgress {
  const read: Reader<Name> | undefined = readers[name];
  return (latest !== null && read?.(latest, params)) || unknown;
}

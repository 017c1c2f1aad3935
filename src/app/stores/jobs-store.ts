/** What the worker has to do and in which order, for every page; looked at anew when the order changes and twice a second. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { JobName } from "../../jobs/jobs.ts";
import type { JobQueue } from "../../protocol/client.ts";
import type { Turn } from "../../protocol/lanes.ts";
import { type JobProgress, progressOf } from "./job-progress.ts";

export interface ShownJob extends JobProgress {
  readonly id: number;
  readonly name: JobName;
  readonly turn: Turn;
}

export interface JobsState {
  /** Jobs in the order in which they go. */
  readonly jobs: readonly ShownJob[];
  move(id: number, to: "first" | "last"): void;
  cancel(id: number): void;
}

export type JobsStore = StoreApi<JobsState>;

const lookEveryMs = 500;

export function createJobsStore(queue: JobQueue): JobsStore {
  return createStore<JobsState>((set, get) => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const look = () => {
      const before = get().jobs;
      const jobs = queue.jobs.map(({ id, name, turn, params, latest }) => {
        // Not every event says how far the job is.
        const known = before.find((job) => job.id === id);
        const progress = progressOf(name, params, latest);
        const { fraction, secondsLeft } = progress.fraction === null && known ? known : progress;
        return { id, name, turn, fraction, secondsLeft };
      });
      set({ jobs });
      if (jobs.length > 0) timer ??= setInterval(look, lookEveryMs);
      else {
        clearInterval(timer);
        timer = undefined;
      }
    };
    queue.subscribe(look);
    return { jobs: [], move: queue.move, cancel: queue.cancel };
  });
}

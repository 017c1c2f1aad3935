/** The queue of a runner that has none: all its jobs run at once. */
import type { JobEvent, JobHandle, JobName, JobParams, JobRunner } from "../../src/jobs/jobs.ts";
import type { JobQueue, QueuedJob } from "../../src/protocol/client.ts";

/** Those that need no lane. The engine's own table would bring the engine. */
const unlisted = new Set<JobName>([
  "calibrate",
  "describeDevice",
  "describeModel",
  "estimateCost",
  "initialize",
  "storedImages",
]);

export function withQueue(runner: JobRunner): { readonly runner: JobRunner; readonly queue: JobQueue } {
  let jobs: readonly QueuedJob[] = [];
  const cancels = new Map<number, () => void>();
  const listeners = new Set<() => void>();
  const set = (next: readonly QueuedJob[]) => {
    jobs = next;
    for (const listener of listeners) listener();
  };
  let nextId = 1;
  return {
    runner: {
      start<Name extends JobName>(name: Name, params: JobParams<Name>): JobHandle<Name> {
        const handle = runner.start(name, params);
        if (unlisted.has(name)) return handle;
        const id = nextId++;
        cancels.set(id, () => handle.cancel());
        set([{ id, name, params, turn: "running", startedMs: performance.now(), latest: null }, ...jobs]);
        const forget = () => set(jobs.filter((job) => job.id !== id));
        handle.result.then(forget, forget);
        const hear = (latest: JobEvent<Name>) => {
          jobs = jobs.map((job) => (job.id === id ? { ...job, latest } : job));
        };
        return { ...handle, events: heard(handle.events, hear) };
      },
    },
    queue: {
      get jobs() {
        return jobs;
      },
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      move(id, to) {
        const others = jobs.filter((job) => job.id !== id);
        const moved = jobs.filter((job) => job.id === id);
        set(to === "first" ? [...moved, ...others] : [...others, ...moved]);
      },
      cancel: (id) => cancels.get(id)?.(),
    },
  };
}

async function* heard<Event>(events: AsyncIterable<Event>, hear: (event: Event) => void): AsyncGenerator<Event> {
  for await (const event of events) {
    hear(event);
    yield event;
  }
}

/** The jobs of the worker as every page shows them. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { jobName, queueWords, turnWords } from "../../src/app/jobs/job-words.ts";
import { createJobsStore } from "../../src/app/stores/jobs-store.ts";
import type { JobQueue, QueuedJob } from "../../src/protocol/client.ts";

const job = (changes: Partial<QueuedJob>): QueuedJob =>
  ({ id: 1, name: "surface", params: {}, turn: "running", startedMs: 0, latest: null, ...changes }) as QueuedJob;
const tile = (done: number) => ({ kind: "tile", done, evaluations: 100, etaSeconds: 60 }) as QueuedJob["latest"];

function queueOf(jobs: QueuedJob[]) {
  const listeners: (() => void)[] = [];
  const queue: JobQueue = {
    get jobs() {
      return jobs;
    },
    subscribe: (listener) => {
      listeners.push(listener);
      return () => {};
    },
    move: vi.fn(),
    cancel: vi.fn(),
  };
  const tell = (next: QueuedJob[]) => {
    jobs = next;
    for (const listener of listeners) listener();
  };
  return { queue, tell };
}

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

describe("the jobs of the worker", () => {
  test("are looked at as the order changes, and as they go on", () => {
    const { queue, tell } = queueOf([]);
    const store = createJobsStore(queue);
    expect(store.getState().jobs).toEqual([]);
    const running = job({ latest: tile(20) });
    tell([running]);
    expect(store.getState().jobs).toMatchObject([{ id: 1, fraction: 0.2, secondsLeft: 60 }]);
    Object.assign(running, { latest: tile(50) });
    vi.advanceTimersByTime(500);
    expect(store.getState().jobs).toMatchObject([{ fraction: 0.5 }]);
    Object.assign(running, { latest: { kind: "started" } });
    vi.advanceTimersByTime(500);
    expect(store.getState().jobs).toMatchObject([{ fraction: 0.5 }]);
    tell([]);
    expect(store.getState().jobs).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("say how far they are and what they wait for", () => {
    const { queue, tell } = queueOf([]);
    const store = createJobsStore(queue);
    tell([
      job({
        id: 3,
        name: "density",
        turn: "running",
        params: { probes: 4 } as never,
        latest: { kind: "probe", probe: 1 } as never,
      }),
      job({ id: 2, name: "trace", turn: "waiting" }),
      job({ id: 1, turn: "paused", latest: tile(20) }),
    ]);
    const { jobs } = store.getState();
    expect(jobs.map((shown) => `${jobName(shown)}: ${turnWords(shown, jobs)}`)).toEqual([
      "Density: running, 25 %",
      "Trace: waits for Density",
      "Surface: gives way to Density, 20 %",
    ]);
    expect(queueWords(jobs)).toBe("Queued behind: Density.");
    const withTime = jobs.map((shown) => ({ ...shown, secondsLeft: 480 }));
    expect(queueWords(withTime)).toBe("Queued behind: Density, 8 min 0 s left.");
    expect(queueWords([])).toBe("Queued.");
  });
});

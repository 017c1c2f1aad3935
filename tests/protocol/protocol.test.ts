/** The protocol over a real message channel with made-up jobs: what arrives, what is withheld, and that nothing hangs. */
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { afterEach, describe, expect, it } from "vitest";
import type { JobContext, JobHandlers, JobTable, Workbench } from "../../src/jobs/job-context.ts";
import { jobTable } from "../../src/jobs/job-table.ts";
import type { JobName, JobResult, JobRunner } from "../../src/jobs/jobs.ts";
import type { SurfaceEvent } from "../../src/jobs/surface-jobs.ts";
import { createLinkRunner } from "../../src/protocol/client.ts";
import { creditPerJob } from "../../src/protocol/credit.ts";
import { serveJobs } from "../../src/protocol/dispatcher.ts";
import { createInProcessRunner } from "../../src/protocol/in-process.ts";
import { type Link, WorkerCrashedError } from "../../src/protocol/link.ts";

const never = () => {
  throw new Error("not part of this test");
};
/** The table of jobs, of which a test fills in a few handlers. */
const tableOf = (some: Partial<JobHandlers>): JobTable =>
  new Proxy(jobTable, {
    get: (table, name: JobName) => ({ run: some[name] ?? never, lanes: table[name].lanes }),
  });
const workbench = { forJob: () => ({ cache: { release() {} } }) } as unknown as Workbench;

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

function linkOf(port: MessagePort): Link & { fail(error: Error): void } {
  const failures: ((error: Error) => void)[] = [];
  return {
    post: (message, transfer) => port.postMessage(message, transfer),
    onMessage: (listener) => port.on("message", listener),
    onFailure: (listener) => failures.push(listener),
    close: () => port.close(),
    fail: (error) => {
      for (const listener of failures) listener(error);
    },
  };
}

function connect(handlers: Partial<JobHandlers>) {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const [clientLink, workerLink] = [linkOf(port1), linkOf(port2)];
  serveJobs(workerLink, { jobs: tableOf(handlers), workbench });
  return { runner: createLinkRunner(clientLink), clientLink, workerLink };
}

/** After so many turns of the event loop whatever could go on without anybody's help has. */
async function soon(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}
const tile = (cell: number): SurfaceEvent => ({
  kind: "tile",
  cells: Uint32Array.of(cell),
  loss: Float64Array.of(cell / 2),
  lossError: Float64Array.of(0),
  accuracy: Float64Array.of(1),
  done: cell,
  evaluations: 100,
  etaSeconds: 0,
  gflopPerSecond: 0,
});
const params = {} as never;
const surfaceResult = { evaluations: 3 } as JobResult<"surface">;

/** A surface job that emits `count` tiles, or fewer if it is told to end, and notes those it has sent. */
function tiler(count: number, isToEnd: (context: JobContext<"surface">) => boolean = () => false) {
  const sent: SurfaceEvent[] = [];
  const surface: JobHandlers["surface"] = async (_, context) => {
    for (let cell = 0; cell < count && !isToEnd(context); cell++) {
      const event = tile(cell);
      sent.push(event);
      await context.emit(event);
    }
    return surfaceResult;
  };
  return { surface, sent };
}

/** The two ways to run jobs, which behave alike. */
const ways: [string, (handlers: Partial<JobHandlers>) => JobRunner][] = [
  ["in process", (handlers) => createInProcessRunner({ jobs: tableOf(handlers), workbench })],
  ["over a link", (handlers) => connect(handlers).runner],
];

describe.each(ways)("a job %s", (_, createRunner) => {
  it("streams its events in order, then its result", async () => {
    const { surface } = tiler(100);
    const handle = createRunner({ surface }).start("surface", params);
    const cells: number[] = [];
    for await (const event of handle.events) if (event.kind === "tile") cells.push(event.cells[0]);
    expect(cells).toEqual(Array.from({ length: 100 }, (_, cell) => cell));
    expect((await handle.result).evaluations).toBe(3);
  });

  it("waits for a slow reader", async () => {
    const { surface, sent } = tiler(200);
    const handle = createRunner({ surface }).start("surface", params);
    const reader = handle.events[Symbol.asyncIterator]();
    await reader.next();
    await soon();
    // The one that was taken, and as many as there is credit for: none waits anywhere else.
    expect(sent.length).toBe(1 + creditPerJob);
    let read = 1;
    while (!(await reader.next()).done) read++;
    expect([read, sent.length]).toEqual([200, 200]);
  });

  it("ends when it is cancelled while its reader is behind, who still gets what was sent", async () => {
    const { surface, sent } = tiler(200, ({ signal }) => signal.aborted);
    const handle = createRunner({ surface }).start("surface", params);
    const reader = handle.events[Symbol.asyncIterator]();
    await reader.next();
    await soon();
    handle.cancel();
    await expect(handle.result).resolves.toEqual(surfaceResult);
    let read = 1;
    while (!(await reader.next()).done) read++;
    expect([read, sent.length]).toEqual([1 + creditPerJob, 1 + creditPerJob]);
  });

  it("finishes when nobody reads, and when a reader leaves", async () => {
    const { surface } = tiler(200);
    const runner = createRunner({ surface });
    await expect(runner.start("surface", params).result).resolves.toEqual(surfaceResult);
    const handle = runner.start("surface", params);
    for await (const _ of handle.events) break;
    await expect(handle.result).resolves.toEqual(surfaceResult);
  });

  it("keeps an error's name, message, stack and fields", async () => {
    class DataFormatError extends Error {
      override readonly name = "DataFormatError";
      readonly problem = { where: "batch.bin", what: "It is short." };
    }
    const evaluate = async () => {
      throw new DataFormatError("batch.bin: It is short.");
    };
    const handle = createRunner({ evaluate }).start("evaluate", params);
    for await (const _ of handle.events) never();
    const error = await handle.result.catch((reason) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: "DataFormatError",
      message: "batch.bin: It is short.",
      problem: { where: "batch.bin" },
    });
    expect(error.stack).toContain("protocol.test.ts");
  });

  it("is told of a cancel and of controls, those from before its start too", async () => {
    const heard: string[] = [];
    const train = (_: unknown, { signal, onControl }: JobContext<"train">) => {
      onControl(({ kind }) => heard.push(kind));
      return new Promise<JobResult<"train">>((resolve) =>
        signal.addEventListener("abort", () => resolve({ status: "cancelled" } as JobResult<"train">)),
      );
    };
    const handle = createRunner({ train }).start("train", params);
    handle.control({ kind: "pause" });
    await soon();
    handle.control({ kind: "step" });
    await soon();
    handle.cancel();
    expect((await handle.result).status).toBe("cancelled");
    expect(heard).toEqual(["pause", "step"]);
  });

  it("gives way to a newer one between its events, even while nobody reads them", async () => {
    const { surface, sent } = tiler(60);
    const evaluate = async () => ({ loss: 1 }) as never;
    const runner = createRunner({ surface, evaluate });
    const long = runner.start("surface", params);
    const reader = long.events[Symbol.asyncIterator]();
    await reader.next();
    await soon();
    const before = sent.length;
    expect(before).toBeLessThan(60);
    await runner.start("evaluate", params).result;
    expect(sent.length).toBeLessThan(60);
    let read = 1;
    while (!(await reader.next()).done) read++;
    expect(read).toBe(60);
    await expect(long.result).resolves.toEqual(surfaceResult);
  });

  it("waits for its lane, and leaves the queue when it is cancelled there", async () => {
    const log: string[] = [];
    const release: (() => void)[] = [];
    const job = (name: JobName) => async () => {
      log.push(name);
      await new Promise<void>((resolve) => release.push(resolve));
      return {} as never;
    };
    const runner = createRunner({ train: job("train"), surface: job("surface"), benchmark: job("benchmark") });
    const first = runner.start("train", params);
    const second = runner.start("train", params);
    const benchmark = runner.start("benchmark", params);
    const surface = runner.start("surface", params);
    await soon();
    // The benchmark takes both lanes, and training keeps one of them: the other is not kept for it.
    expect(log).toEqual(["train", "surface"]);
    second.cancel();
    await expect(second.result).rejects.toMatchObject({ name: "AbortError" });
    release.shift()?.();
    await first.result;
    await soon();
    expect(log).toEqual(["train", "surface"]);
    release.shift()?.();
    await surface.result;
    await soon();
    release.shift()?.();
    await benchmark.result;
    expect(log).toEqual(["train", "surface", "benchmark"]);
  });
});

describe("a worker that dies", () => {
  const hanging: Partial<JobHandlers> = { evaluate: () => new Promise(() => {}), surface: tiler(1).surface };

  it("rejects every pending job with a named error, and later ones too", async () => {
    const { runner, clientLink } = connect(hanging);
    const jobs = [runner.start("evaluate", params), runner.start("evaluate", params)];
    await soon();
    clientLink.fail(new WorkerCrashedError("The compute worker stopped: out of memory."));
    for (const { result, events } of jobs) {
      for await (const _ of events) never();
      await expect(result).rejects.toBeInstanceOf(WorkerCrashedError);
    }
    await expect(runner.start("surface", params).result).rejects.toThrow("out of memory");
    expect((await runner.crashed).name).toBe("WorkerCrashedError");
  });

  it("reports a failure outside any job, with its stack", async () => {
    const { runner, workerLink } = connect(hanging);
    const { result } = runner.start("evaluate", params);
    await soon();
    workerLink.fail(new TypeError("undefined is not a tensor"));
    const error = await result.catch((reason) => reason);
    expect(error).toBeInstanceOf(WorkerCrashedError);
    expect(error.message).toContain("undefined is not a tensor");
    expect(error.stack).toContain("TypeError");
  });

  it("rejects what is pending when it is closed", async () => {
    const { runner } = connect(hanging);
    const { result } = runner.start("evaluate", params);
    runner.close();
    await expect(result).rejects.toBeInstanceOf(WorkerCrashedError);
  });
});

describe("arrays", () => {
  it("are given away, not copied, where they own their memory", async () => {
    const { surface, sent } = tiler(1);
    const handle = connect({ surface }).runner.start("surface", params);
    const received: SurfaceEvent[] = [];
    for await (const event of handle.events) received.push(event);
    expect(received[0]).toMatchObject({ kind: "tile", loss: Float64Array.of(0) });
    expect((sent[0] as Extract<SurfaceEvent, { kind: "tile" }>).loss.length).toBe(0);
  });

  it("that are windows of larger memory are copied", async () => {
    const memory = Float32Array.of(1, 2, 3, 4);
    const initialize = async () => ({ theta: memory.subarray(1, 3), state: new Float32Array(0) });
    const weights = await connect({ initialize }).runner.start("initialize", params).result;
    expect(weights.theta).toEqual(Float32Array.of(2, 3));
    expect(memory).toEqual(Float32Array.of(1, 2, 3, 4));
  });
});

describe("the queue of a worker", () => {
  it("says what runs, what has given way and what waits, and is changed from the page", async () => {
    const release: (() => void)[] = [];
    const evaluate = async () => {
      await new Promise<void>((resolve) => release.push(resolve));
      return {} as never;
    };
    const surface: JobHandlers["surface"] = async (_, { emit }) => {
      for (let cell = 0; cell < 3; cell++) {
        await new Promise<void>((resolve) => release.push(resolve));
        await emit(tile(cell));
      }
      return surfaceResult;
    };
    const { runner } = connect({ evaluate, surface });
    const turns = () => runner.queue.jobs.map(({ name, turn }) => `${name} ${turn}`);
    const heard: string[][] = [];
    runner.queue.subscribe(() => heard.push(turns()));
    const long = runner.start("surface", params);
    await soon();
    const short = runner.start("evaluate", params);
    await soon();
    expect(turns()).toEqual(["evaluate waiting", "surface running"]);
    release.shift()?.();
    await soon();
    expect(turns()).toEqual(["evaluate running", "surface paused"]);
    expect(runner.queue.jobs[1].latest).toMatchObject({ kind: "tile", done: 0 });
    const third = runner.start("evaluate", params);
    await soon();
    const [, , paused] = runner.queue.jobs;
    runner.queue.move(paused.id, "first");
    await soon();
    expect(turns()).toEqual(["surface paused", "evaluate waiting", "evaluate running"]);
    release.shift()?.();
    await short.result;
    await soon();
    expect(turns()).toEqual(["surface running", "evaluate waiting"]);
    runner.queue.cancel(runner.queue.jobs[1].id);
    await expect(third.result).rejects.toMatchObject({ name: "AbortError" });
    release.shift()?.();
    await soon();
    release.shift()?.();
    await long.result;
    await soon();
    expect(turns()).toEqual([]);
    expect(heard.length).toBeGreaterThan(3);
  });
});

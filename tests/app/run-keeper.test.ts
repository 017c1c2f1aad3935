import { describe, expect, it } from "vitest";
import { createRunKeeper } from "../../src/app/stores/run-keeper.ts";
import { createRunStore } from "../../src/experiment/storage/create-run-store.ts";
import type { NewRun } from "../../src/experiment/storage/run-record.ts";
import type { RunStore } from "../../src/experiment/storage/run-store.ts";
import type { TrainingCheckpoint } from "../../src/jobs/training-jobs.ts";
import { sampleEpochs } from "../experiment/samples.ts";
import { memoryFiles } from "../experiment/storage/memory-files.ts";
import { sampleCheckpoint } from "../experiment/storage/sample-run.ts";

const state = sampleCheckpoint(50);
const epochs = Array.from({ length: state.spec.training.epochs }, (_, index) => ({
  ...sampleEpochs[0],
  epoch: index + 1,
}));
const whole: TrainingCheckpoint = { ...state, step: 100, epochs };
const half: TrainingCheckpoint = { ...state, epochs: epochs.slice(0, 10) };

let names = 0;

/** A page whose storage answers to `allows` before every write, and a later page on the same storage. */
async function visit(allows: (method: string, run: NewRun | null) => boolean = () => true) {
  const files = memoryFiles();
  const store = await createRunStore({ databaseName: `kept-${names++}`, openFiles: async () => files });
  const guarded: RunStore = {
    ...store,
    putRun: (run) => (allows("putRun", run) ? store.putRun(run) : Promise.reject(new Error("struck"))),
    putCheckpoint: (...given) =>
      allows("putCheckpoint", null) ? store.putCheckpoint(...given) : Promise.reject(new Error("struck")),
  };
  const errors: unknown[] = [];
  const told: boolean[] = [];
  const keeper = createRunKeeper(
    async () => guarded,
    (error) => errors.push(error),
    (isUnsaved) => told.push(isUnsaved),
  );
  const later = createRunKeeper(
    async () => store,
    (error) => errors.push(error),
  );
  return { keeper, later, store, files, errors, told };
}

it("a run that has ended is kept as that, with its last state", async () => {
  const { keeper, later, told } = await visit();
  keeper.keepCheckpoint("run", half, "running");
  keeper.keepCheckpoint("run", whole, "complete");
  await keeper.saved();
  expect(await later.latest()).toMatchObject({ record: { status: "complete" }, checkpoint: { step: 100 } });
  expect(told).toEqual([true, false]);
});

it("no record says complete before the last state is there", async () => {
  let isFull = false;
  const { keeper, later, errors } = await visit((method) => !isFull || method !== "putCheckpoint");
  keeper.keepCheckpoint("run", half, "running");
  await keeper.saved();
  isFull = true;
  keeper.keepCheckpoint("run", whole, "complete");
  await keeper.saved();
  expect(errors).toHaveLength(1);
  expect(await later.latest()).toMatchObject({ record: { status: "training" }, checkpoint: { step: 50 } });
});

it("a page that goes between the last state and its record leaves a run that is complete all the same", async () => {
  const { keeper, later, store } = await visit((_, run) => run?.status !== "complete");
  keeper.keepCheckpoint("run", whole, "complete");
  await keeper.saved();
  expect((await store.listRuns()).runs[0].record.status).toBe("training");
  expect(await later.read("run")).toMatchObject({ record: { status: "complete", epochs }, checkpoint: { step: 100 } });
  expect((await store.listRuns()).runs[0].record).toMatchObject({ status: "complete", epochs });
});

it("what found no room is unsaved, and saved once a deletion has made some", async () => {
  let isFull = true;
  const { keeper, later, told } = await visit(() => !isFull);
  keeper.keepCheckpoint("run", whole, "complete");
  keeper.keepCheckpoint("other", half, "running");
  await keeper.saved();
  expect(await later.latest()).toBeNull();
  expect(told).toEqual([true]);
  isFull = false;
  keeper.deleted(["other"]);
  await keeper.saved();
  expect((await later.records()).size).toBe(1);
  expect(await later.latest()).toMatchObject({ record: { id: "run", status: "complete" } });
  expect(told.at(-1)).toBe(false);
});

describe("of a path on a full disk", () => {
  const points = [0, 4, 8, 12].map((step) => ({
    step,
    weights: { theta: new Float32Array(20_000).fill(step), state: new Float32Array(2) },
  }));
  const full = async () => {
    const { files, ...visited } = await visit();
    const used = () => [...files.contents.values()].reduce((sum, { length }) => sum + length, 0);
    const steps = async () => (await visited.later.trajectoryOf("run"))?.value.map(({ step }) => step) ?? [];
    return { ...visited, files, used, steps };
  };

  it("what fits is kept, the rest is told of once, and kept when a deletion has made room", async () => {
    const { keeper, files, used, steps, errors } = await full();
    keeper.keepCheckpoint("run", half, "running");
    for (const point of points.slice(0, 2)) keeper.keepTrajectoryPoint("run", point);
    await keeper.saved();
    files.capacity = used() + 100;
    for (const point of points.slice(2)) keeper.keepTrajectoryPoint("run", point);
    await keeper.saved();
    expect(await steps()).toEqual([0, 4]);
    expect(errors.map(String)).toEqual([
      expect.stringMatching(/The path is not kept from step 8 on; training goes on\. .*There is no room left/),
    ]);
    files.capacity = Number.POSITIVE_INFINITY;
    keeper.deleted([]);
    keeper.retryPath("run", points);
    await keeper.saved();
    expect(await steps()).toEqual([0, 4, 8, 12]);
    expect(errors).toHaveLength(1);
  });

  it("points that give way to the run's state are told of, and none is kept after them", async () => {
    const { keeper, files, used, steps, errors } = await full();
    keeper.keepCheckpoint("run", half, "running");
    for (const point of points.slice(0, 3)) keeper.keepTrajectoryPoint("run", point);
    await keeper.saved();
    files.capacity = used();
    keeper.keepCheckpoint("run", { ...half, step: 60 }, "running");
    await keeper.saved();
    expect(errors.map(String)).toEqual([
      expect.stringContaining("The path is not kept from step 8 on: there is no room"),
    ]);
    files.capacity = Number.POSITIVE_INFINITY;
    keeper.keepTrajectoryPoint("run", points[3]);
    await keeper.saved();
    expect(await steps()).toEqual([0, 4]);
  });

  it("of a run that is refused itself only that is told", async () => {
    const { keeper, errors } = await visit((method) => method !== "putRun");
    keeper.keepTrajectoryPoint("run", points[0]);
    keeper.keepCheckpoint("run", half, "running");
    await keeper.saved();
    expect(errors.map(String)).toEqual(["Error: struck"]);
  });
});

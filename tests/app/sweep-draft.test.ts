import { describe, expect, it } from "vitest";
import { axisValues } from "../../src/app/stores/sweep/axis-text.ts";
import { createSweepCostStore } from "../../src/app/stores/sweep/cost-store.ts";
import { createDraftStore, offeredAxes, sweepOfDraft } from "../../src/app/stores/sweep/draft.ts";
import { lossColumnsOf } from "../../src/app/sweep/sweep-columns.ts";
import type { EpochMetrics } from "../../src/experiment/metrics.ts";
import { parseSpec } from "../../src/experiment/parse-spec.ts";
import { type AxisName, sweepAxis } from "../../src/experiment/sweep-axes.ts";
import { parseSweep } from "../../src/experiment/sweep-parse.ts";
import { sweepRuns } from "../../src/experiment/sweep-runs.ts";
import type { JobParams, JobRunner } from "../../src/jobs/jobs.ts";
import { createFakeRunner } from "./fake-runner.ts";

const base = parseSpec({ model: { name: "mlp", hidden: [8] }, data: { source: "synthetic" } });

const axis = (name: AxisName) => sweepAxis(name, base.model);

describe("values as typed", () => {
  it("numbers, ranges of whole numbers, words, switches, layers", () => {
    expect(axisValues(axis("seed"), "1–3, 7")).toEqual([1, 2, 3, 7]);
    expect(axisValues(axis("batchSize"), "16 32;64")).toEqual([16, 32, 64]);
    expect(axisValues(axis("orderSeed"), "5-5,")).toEqual([5]);
    expect(axisValues(axis("learningRate"), "1e-3, .1")).toEqual([0.001, 0.1]);
    expect(axisValues(axis("scheme"), "gaussian, he-normal")).toEqual(["gaussian", "he-normal"]);
    expect(axisValues(axis("batchNorm"), "on, off")).toEqual([true, false]);
    expect(axisValues(axis("hidden"), "64×32, 128, none, 8x8x8")).toEqual([[64, 32], [128], [], [8, 8, 8]]);
    expect(axisValues(axis("seed"), "  ")).toEqual([]);
  });

  it("what can't be read stays as it is, for the message; a huge range stays small", () => {
    expect(axisValues(axis("seed"), "1, two, 9-3")).toEqual([1, "two", "9-3"]);
    expect(axisValues(axis("learningRate"), "1-3")).toEqual(["1-3"]);
    expect(axisValues(axis("hidden"), "8×many")).toEqual([[8, "many"]]);
    expect(axisValues(axis("seed"), "0-4000000000")).toHaveLength(200);
  });
});

describe("a draft", () => {
  it("is a sweep over three seeds at first, and takes up to three axes, each with values to begin with", () => {
    const draft = createDraftStore();
    expect(sweepOfDraft(draft.getState(), base).sweep?.axes).toEqual({ seed: [1, 2, 3] });
    draft.getState().addAxis("hidden", base.model);
    draft.getState().addAxis("learningRate", base.model);
    draft.getState().addAxis("optimizer", base.model);
    expect(draft.getState().axes.map(({ axis }) => axis)).toEqual(["seed", "hidden", "learningRate"]);
    draft.getState().removeAxis(1);
    draft.getState().setAxis(1, { axis: "batchNorm", text: "0.01, 0.03, 0.1" }, base.model);
    expect(draft.getState().axes[1]).toEqual({ axis: "batchNorm", text: "on, off" });
    draft.getState().setAxis(1, { axis: "batchNorm", text: "off" }, base.model);
    expect(draft.getState().axes[1].text).toBe("off");
  });

  it("every axis that a model is offered is accepted with its first values", () => {
    const vgg = parseSpec({ model: { name: "vgg", depth: 11 }, data: { source: "synthetic" } });
    for (const spec of [base, vgg]) {
      for (const axis of offeredAxes(spec.model)) {
        const draft = createDraftStore();
        draft.getState().removeAxis(0);
        draft.getState().addAxis(axis, spec.model);
        expect(sweepOfDraft(draft.getState(), spec).problems).toEqual([]);
      }
    }
  });

  it("over σ is one of the gaussian scheme", () => {
    const { sweep } = sweepOfDraft({ name: " a ", axes: [{ axis: "std", text: "0.1, 0.2" }] }, base);
    expect(sweep?.name).toBe("a");
    expect(sweepRuns(sweep!).map(({ spec }) => spec.init)).toEqual([
      { scheme: "gaussian", std: 0.1, seed: 1 },
      { scheme: "gaussian", std: 0.2, seed: 1 },
    ]);
  });

  it("says what is wrong where it is", () => {
    const { problems } = sweepOfDraft({ name: "", axes: [{ axis: "seed", text: "1, x" }] }, base);
    expect(problems.map(({ path, found }) => [path, found])).toEqual([["axes.seed[1]", '"x"']]);
    const twice = sweepOfDraft({ name: "", axes: [{ axis: "seed", text: "1, 1" }] }, base);
    expect(twice.problems[0]).toMatchObject({ path: "axes.seed" });
  });
});

describe("the cost of a sweep", () => {
  const costed = (flopOf: (params: JobParams<"estimateCost">) => number, seconds?: number) => {
    const asked: JobParams<"estimateCost">[] = [];
    const fake = createFakeRunner({ speed: Number.POSITIVE_INFINITY });
    const runner: JobRunner = {
      start(name, params) {
        const handle = fake.start(name, params);
        if (name !== "estimateCost") return handle;
        const given = params as JobParams<"estimateCost">;
        asked.push(given);
        const totalFlop = flopOf(given);
        const training = { parameters: 1, flopPerStep: 1, totalFlop, memoryBytes: totalFlop / 2 };
        const result = Promise.resolve({
          training: seconds === undefined ? training : { ...training, seconds },
          evaluationFlop: 1,
        });
        return { ...handle, result: result as unknown as typeof handle.result };
      },
    };
    return { store: createSweepCostStore(() => runner, "auto"), asked };
  };
  const runs = sweepRuns(parseSweep({ base, axes: { seed: [1, 2], batchSize: [10, 20], learningRate: [0.1, 0.2] } }));

  it("sums over runs, and asks once for each shape", async () => {
    const { store, asked } = costed(({ spec }) => spec.training.batchSize, 3);
    store.getState().ask(runs);
    await expect.poll(() => store.getState().runs).toBe(runs);
    expect(asked.map(({ spec }) => spec.training.batchSize)).toEqual([10, 20]);
    expect(store.getState().cost).toEqual({
      flops: runs.map(({ spec }) => spec.training.batchSize),
      totalFlop: 120,
      memoryBytes: 10,
      seconds: 24,
    });
  });

  it("gives no time before the device's speed is known, and only the newest question is answered", async () => {
    const { store, asked } = costed(() => 1);
    const [first] = runs;
    store.getState().ask(runs);
    store.getState().ask([first]);
    await expect
      .poll(() => store.getState().cost)
      .toEqual({ flops: [1], totalFlop: 1, memoryBytes: 0.5, seconds: null });
    expect(asked).toHaveLength(1);
  });
});

describe("columns of the losses", () => {
  const at = (epoch: number, trainLoss: number, testLoss = 1) => ({ epoch, trainLoss, testLoss }) as EpochMetrics;

  it("have a place for every epoch of any run; nothing where a log axis has none", () => {
    const runs = [[at(1, 2), at(2, 1)], [], [at(1, Number.NaN), at(2, 0), at(3, 0.5, 0.7)]];
    expect(lossColumnsOf(runs, "trainLoss")).toEqual([
      [1, 2, 3],
      [2, 1, null],
      [null, null, null],
      [null, null, 0.5],
    ]);
    expect(lossColumnsOf(runs, "testLoss")[3]).toEqual([1, 1, 0.7]);
  });
});

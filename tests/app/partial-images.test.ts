/** A browser that keeps one batch of CIFAR-10, 10,000 images: "all" means these, on every page. */
import { describe, expect, it } from "vitest";
import { imageProblems, specProblems } from "../../src/app/context/use-spec-problems.ts";
import { subsetWords } from "../../src/app/figure/describe.ts";
import { cellsOf } from "../../src/app/runs/run-rows.ts";
import { productCost } from "../../src/app/spectrum/cost.ts";
import { describeCheckpoint } from "../../src/app/stores/current-weights.ts";
import { createDataStore } from "../../src/app/stores/data-store.ts";
import { exampleCount, imageCounts, type KeptImages } from "../../src/app/stores/image-counts.ts";
import { curvatureRequest } from "../../src/app/stores/measurements/matrix.ts";
import { subsetSizes } from "../../src/app/stores/measurements/subsets.ts";
import { defaultSettings } from "../../src/app/stores/settings/settings.ts";
import { defaultSpectrumView, measurementParams } from "../../src/app/stores/settings/spectrum-settings.ts";
import { stepsPerEpoch, totalSteps } from "../../src/app/stores/steps-of.ts";
import type { Spec } from "../../src/experiment/spec.ts";
import type { StoredRun } from "../../src/experiment/storage/run-store.ts";
import { sampleEpochs } from "../experiment/samples.ts";
import { sampleRecord } from "../experiment/storage/sample-run.ts";
import { createFakeRunner } from "./fake-runner.ts";

const batch: KeptImages = [{ set: "cifar10", counts: { train: 10_000, test: 2_000 }, bytes: 12_000 * 3073 }];
const whole: Spec = {
  ...defaultSettings.spec,
  data: { source: "cifar10", train: { select: "first", seed: 0 }, test: { select: "first", seed: 0 }, augment: false },
  training: { ...defaultSettings.spec.training, batchSize: 128, epochs: 20 },
};
const rows = (count: number, perEpoch: number) =>
  Array.from({ length: count }, (_, i) => ({ ...sampleEpochs[0], epoch: i + 1, step: (i + 1) * perEpoch }));
const checkpoint = (step: number, epochs: ReturnType<typeof rows>) => ({
  spec: whole,
  step,
  epochs,
  weights: { theta: new Float32Array(0), state: new Float32Array(0) },
  moments: [],
  batchLosses: new Float32Array(0),
});

describe("a part of a data set", () => {
  it("has epochs of its own length", () => {
    expect(totalSteps(whole, batch)).toBe(79 * 20);
    expect(totalSteps(whole, [])).toBe(391 * 20);
    expect(describeCheckpoint(checkpoint(395, rows(5, 79)), null)).toBe("after 5 epochs");
    expect(describeCheckpoint(checkpoint(400, rows(5, 79)), null)).toBe("after 400 steps");
    expect(describeCheckpoint(checkpoint(79, []), null)).toBe("after 79 steps");
  });

  it("does not change what a run was, which its own table tells", () => {
    expect(stepsPerEpoch(whole, [], rows(2, 79))).toBe(79);
    expect(describeCheckpoint(checkpoint(391, rows(1, 391)), null)).toBe("after 1 epoch");
  });

  it("is split into mini-batches that the job can take", () => {
    const examples = exampleCount(whole, "train", batch);
    expect(subsetSizes(defaultSpectrumView.subsets, examples)).toEqual([625, 1250, 2500, 5000]);
    const { batchSizes, resampled } = measurementParams(
      "subsets",
      { ...defaultSpectrumView, subsets: { ...defaultSpectrumView.subsets, resampled: 2 } },
      examples,
    );
    expect(Math.max(...batchSizes, resampled?.size ?? 0)).toBe(10_000);
  });

  it("costs what it has", () => {
    const request = curvatureRequest({ ...defaultSpectrumView, subset: "test", operator: "hessian" });
    expect(productCost(whole, request, [], 5e9, batch)).toEqual({ flop: (5e9 / 5) * 6, isExact: false });
  });

  it("stands in the table of runs and in captions", () => {
    const record = { ...sampleRecord, spec: whole };
    const run = { record, results: [], bytes: 0, trajectoryPoints: 0 } as unknown as StoredRun;
    expect(cellsOf(run, []).examples).toEqual({ text: "all", value: 50_000 });
    expect(cellsOf(run, batch).examples).toEqual({ text: "all", value: 10_000 });
    expect(subsetWords("training", { select: "balanced", seed: 0 }, 10_000)).toBe(
      "training set, all 10\u202f000 images",
    );
  });

  it("is the bound of what can be asked for", () => {
    const asked = { ...whole, data: { ...whole.data, train: { ...whole.data.train, count: 20_000 } } };
    expect(specProblems(asked, batch).map(({ remedy }) => remedy)).toEqual([
      "Give at most 10000, which is what this data set has there, or bring more data.",
    ]);
    expect(specProblems(whole, batch)).toEqual([]);
  });

  it("that lacks a split says which", () => {
    const trainOnly: KeptImages = [{ ...batch[0], counts: { train: 10_000, test: 0 } }];
    expect(imageProblems(whole, trainOnly).map(({ what }) => what)).toEqual([
      "This browser holds no test images of CIFAR-10.",
    ]);
  });
});

describe("the store of images", () => {
  it("has a set after an import, and not after its removal", async () => {
    const runner = createFakeRunner({ speed: Number.POSITIVE_INFINITY });
    const store = createDataStore(() => runner);
    expect(await store.getState().importImages({ kind: "download", set: "cifar10" })).toBe(true);
    expect(imageCounts("cifar10", store.getState().kept)).toEqual({ train: 50_000, test: 10_000 });
    expect(store.getState().kept).toHaveLength(1);
    await store.getState().remove("cifar10");
    expect(store.getState()).toMatchObject({ kept: [], importing: null });
  });
});

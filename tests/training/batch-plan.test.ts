import { describe, expect, it } from "vitest";
import { evenMicroBatches, groupBySize, loaderMicroBatches } from "../../src/execution/micro-batches.ts";
import { BatchPlan } from "../../src/training/batch-plan.ts";

const plan = () => new BatchPlan(10, { batchSize: 4, epochs: 3, seed: 5 }, true);

describe("BatchPlan", () => {
  it("shows every example once an epoch, in another order each", () => {
    const batches = Array.from({ length: plan().steps }, (_, step) => [...plan().indices(step)]);
    expect(batches.map(({ length }) => length)).toEqual([4, 4, 2, 4, 4, 2, 4, 4, 2]);
    const epochs = [0, 3, 6].map((first) => batches.slice(first, first + 3).flat());
    for (const epoch of epochs) expect([...epoch].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  it("gives a step the same batch and draws whatever was asked before", () => {
    const used = plan();
    for (let step = 0; step < 9; step++) used.indices(step);
    expect(used.indices(4)).toEqual(plan().indices(4));
    expect(used.draws(4)).toEqual(plan().draws(4));
    expect(plan().draws(2).length).toBe(6);
    expect(new BatchPlan(10, { batchSize: 4, epochs: 3, seed: 5 }, false).draws(1)).toEqual(new Int32Array(12));
  });

  it("never mixes batch sizes or epochs in one submission", () => {
    expect([0, 1, 2, 3].map((step) => plan().uniformStepsFrom(step))).toEqual([2, 1, 1, 2]);
    expect(new BatchPlan(8, { batchSize: 4, epochs: 1, seed: 0 }, false).uniformStepsFrom(0)).toBe(2);
    expect(plan().sizes).toEqual([4, 2]);
  });
});

describe("micro-batches", () => {
  it("cover the set once, evenly or as a loader does", () => {
    expect(evenMicroBatches(1000, 256).map(({ size }) => size)).toEqual([250, 250, 250, 250]);
    expect(evenMicroBatches(10, 4).map(({ size }) => size)).toEqual([4, 3, 3]);
    expect(loaderMicroBatches(10, 4).map(({ size }) => size)).toEqual([4, 4, 2]);
    for (const batches of [evenMicroBatches(10, 4), loaderMicroBatches(10, 4)]) {
      expect(batches.flatMap(({ indices }) => [...indices])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
  });

  it("group into pieces of one size", () => {
    const pieces = [...groupBySize(loaderMicroBatches(23, 4), () => 3)];
    expect(pieces.map((piece) => piece.map(({ size }) => size))).toEqual([[4, 4, 4], [4, 4], [3]]);
  });
});

/** Spectra of subsets against dense Hessians by hand over the very examples. */
import { expect, it } from "vitest";
import { drawExamples } from "../../src/curvature/example-draws.ts";
import { symmetricEigen } from "../../src/curvature/solvers/symmetric-eigen.ts";
import { sameBits } from "../models/same-bits.ts";
import { dot } from "../tensor/vectors.ts";
import { collect } from "./in-memory.ts";
import { openTanhProblem, solve } from "./tanh-problem.ts";

const top = 3;
const experiment = { batchSizes: [5, 12], draws: 2, resampled: { size: 8, draws: 3 } } as const;

it("finds the eigenvalues of every subset and its overlap with the full set", async () => {
  const { runner, params, reduced } = await openTanhProblem();
  const handle = runner.start("subsets", { ...params, ...solve, ...experiment, top });
  const events = await collect(handle);
  const { samples, status } = await handle.result;
  expect(status).toBe("complete");
  expect(samples.map(({ kind, size, draw }) => `${kind} ${size} ${draw}`)).toEqual([
    "full 12 0",
    "mini-batch 5 0",
    "mini-batch 5 1",
    "mini-batch 12 0",
    "mini-batch 12 1",
    "resampled 8 0",
    "resampled 8 1",
    "resampled 8 2",
  ]);
  expect(events.slice(1)).toEqual(samples.map((sample, index) => ({ kind: "sample", index, samples: 8, sample })));

  const whole = Object.values(reduced.layers);
  const topSpace = (examples: ArrayLike<number>) => {
    const { values, vectors } = symmetricEigen(reduced.hessian(whole, examples));
    return { values: values.slice(-top).reverse(), vectors: vectors.slice(-top) };
  };
  const full = topSpace(reduced.all);
  for (const { kind, size, draw, eigenvalues, overlap } of samples) {
    const examples = kind === "full" ? reduced.all : drawExamples(kind, 12, size, params.request.seed, draw);
    const { values, vectors } = topSpace(examples);
    const subject = `${kind} ${size} ${draw}`;
    eigenvalues.forEach((value, i) => {
      expect(Math.abs(value - values[i]) / values[0], subject).toBeLessThan(1e-6);
    });
    const expected = vectors.flatMap((v) => full.vectors.map((w) => dot(v, w) ** 2)).reduce((sum, x) => sum + x) / top;
    expect(overlap, subject).toBeCloseTo(expected, 3);
  }
});

it("takes a mini-batch of the full size for the full set, to the last bit", async () => {
  const { runner, params } = await openTanhProblem();
  const sizes = { tolerance: 1e-4, batchSizes: [12], draws: 2, resampled: null };
  const { samples } = await runner.start("subsets", { ...params, ...solve, ...sizes, top }).result;
  const [full] = samples;
  for (const sample of samples.slice(1)) {
    expect(sameBits(sample.eigenvalues, full.eigenvalues)).toBe(true);
    expect(sample.overlap).toBe(full.overlap);
  }
  expect(samples).toHaveLength(3);
  expect(full.overlap).toBeCloseTo(1, 6);
});

it("draws the same with one seed and others with another", async () => {
  const { runner, params } = await openTanhProblem();
  const run = async (seed: number) => {
    const request = { ...params.request, seed };
    const small = { tolerance: 1e-3, batchSizes: [5], draws: 1, resampled: null };
    const { samples } = await runner.start("subsets", { ...params, ...solve, ...small, request, top: 1 }).result;
    return samples.map(({ eigenvalues }) => [...eigenvalues]);
  };
  const [first, again, other] = [await run(1), await run(1), await run(2)];
  expect(again).toEqual(first);
  expect(Math.abs(other[0][0] / first[0][0] - 1)).toBeLessThan(1e-3);
  expect(other[1]).not.toEqual(first[1]);
});

it("keeps the samples done when it is cancelled", async () => {
  const { runner, params } = await openTanhProblem();
  const handle = runner.start("subsets", { ...params, ...solve, ...experiment, top });
  for await (const event of handle.events) if (event.kind === "sample" && event.index === 1) handle.cancel();
  const { samples, status } = await handle.result;
  expect(status).toBe("cancelled");
  expect(samples.map(({ kind }) => kind)).toEqual(["full", "mini-batch"]);
});

it("draws without replacement and with it", () => {
  for (let index = 0; index < 20; index++) {
    const batch = drawExamples("mini-batch", 30, 20, 5, index);
    expect(new Set(batch).size).toBe(20);
    expect(Math.max(...batch)).toBeLessThan(30);
  }
  expect([...drawExamples("mini-batch", 30, 30, 5, 0)]).toEqual(Array.from({ length: 30 }, (_, i) => i));
  const counts = new Float64Array(30);
  for (let index = 0; index < 400; index++) {
    const sample = drawExamples("resampled", 30, 30, 5, index);
    expect(sample).toHaveLength(30);
    for (const example of sample) counts[example]++;
  }
  // Each is drawn 400 times on average, give or take 20.
  expect(Math.min(...counts)).toBeGreaterThan(320);
  expect(Math.max(...counts)).toBeLessThan(480);
  const distinct = new Set(drawExamples("resampled", 30, 30, 5, 0)).size;
  expect(distinct).toBeGreaterThan(10);
  expect(distinct).toBeLessThan(28);
});

import { beforeAll, describe, expect, it } from "vitest";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import { pointNames, shareName, traceCurveStep } from "../../src/comparison/curve-step.ts";
import type { CurveRequest } from "../../src/experiment/comparison.ts";
import type { Weights } from "../../src/experiment/weights.ts";
import type { CurveParams } from "../../src/jobs/comparison-jobs.ts";
import { crossEntropy } from "../../src/models/losses/cross-entropy.ts";
import { createSgd } from "../../src/training/optimizers/sgd.ts";
import { drawWeights } from "../comparison/nets.ts";
import { smallImages, smallModel } from "../training/small-problem.ts";
import { collect, createTestRunner, smallSpec } from "./in-memory.ts";

const specOf = (seed: number) =>
  smallSpec({
    init: { scheme: "xavier-normal", seed },
    training: { learningRate: 0.02, batchSize: 20, epochs: 20, weightDecay: 0, schedule: "constant" },
  });
const spec = specOf(1);
const bezier: CurveRequest = { kind: "bezier", controls: 1, epochs: 30, learningRate: 0.02, seed: 4 };

describe("the curve job", () => {
  let [from, to]: Weights[] = [];
  beforeAll(async () => {
    const train = async (seed: number) =>
      (await createTestRunner().start("train", { runId: "r", spec: specOf(seed), backend: "reference" }).result)
        .checkpoint.weights;
    [from, to] = [await train(1), await train(2)];
  });
  const params = (request: CurveRequest): CurveParams => ({
    spec,
    from,
    to,
    points: 9,
    request,
    batchNorm: "interpolated",
    backend: "reference",
  });
  const ownLoss = async (weights: Weights) =>
    (await createTestRunner().start("evaluate", { spec, weights, subset: "train", backend: "reference" }).result).loss;

  it.each([
    ["a Bézier curve", bezier],
    ["a chain of three stretches", { ...bezier, kind: "chain", controls: 2 } as const],
  ])("ends in the models and stays below the line: %s", async (_, request) => {
    const runner = createTestRunner();
    const line = await runner.start("line", { ...params(request), match: false, seed: 1 }).result;
    const handle = runner.start("curve", params(request));
    const events = await collect(handle);
    const { figures, controls, batchLosses, status } = await handle.result;
    expect([status, controls.length, batchLosses.length]).toEqual(["complete", request.controls, 60]);
    const streamed = events.flatMap((event) => (event.kind === "steps" ? [...event.batchLosses] : []));
    expect(streamed).toEqual([...batchLosses]);
    expect(events.filter(({ kind }) => kind === "point")).toHaveLength(9);
    const { loss, barrier } = figures!.train;
    expect(loss[0]).toBe(await ownLoss(from));
    expect(loss[8]).toBe(await ownLoss(to));
    expect(line.raw.train.barrier.height).toBeGreaterThan(0.02);
    expect(Math.max(...loss)).toBeLessThan(Math.max(...line.raw.train.loss));
    expect(barrier.height).toBeLessThan(0.5 * line.raw.train.barrier.height);
    const again = await createTestRunner().start("curve", params(request)).result;
    expect(again.controls).toEqual(controls);
  });

  it("keeps its control points when cancelled, and refuses what is no curve", async () => {
    const runner = createTestRunner();
    const handle = runner.start("curve", params({ ...bezier, epochs: 500 }));
    for await (const _ of handle.events) handle.cancel();
    const { status, figures, controls, batchLosses } = await handle.result;
    expect([status, figures, controls.length]).toEqual(["cancelled", null, 1]);
    expect(batchLosses.length).toBeGreaterThan(0);
    expect(batchLosses.length).toBeLessThan(1000);
    await expect(runner.start("curve", params({ ...bezier, controls: 2 })).result).rejects.toThrow(/a bezier has 1/);
    const kept = { ...params({ ...bezier, epochs: 0 }), start: controls };
    const asItIs = await runner.start("curve", kept).result;
    expect(asItIs.controls).toEqual(controls);
    expect([asItIs.status, asItIs.batchLosses.length, asItIs.figures!.t.length]).toEqual(["complete", 0, 9]);
    const gone = await runner.start("curve", { ...kept, request: { ...bezier, epochs: 1 } }).result;
    expect(gone.controls).not.toEqual(controls);
    await expect(runner.start("curve", { ...kept, start: [] }).result).rejects.toThrow(/0 control points to begin/);
    const wild = runner.start("curve", params({ ...bezier, learningRate: 1e30 })).result;
    await expect(wild).rejects.toThrow(/lower learning rate/);
  });
});

describe("a step of a curve's training", () => {
  it("moves every control point against its share of the gradient, which is the loss's own derivative", async () => {
    const count = 5;
    const set = smallImages(count, 3);
    const pixelNormalization = { mean: [0.5, 0.5, 0.5], std: [0.2, 0.2, 0.2] } as const;
    const optimizer = createSgd({ momentum: 0, nesterov: false, weightDecay: 0 });
    const options = { model: smallModel, loss: crossEntropy, optimizer, weightDecay: 0.1, controls: 2 };
    const executable = await createReferenceBackend().compile(
      traceCurveStep(options, { count, pixelNormalization }, count),
    );
    const names = pointNames(2);
    const points = new Map(names.map((name, k) => [name, Float64Array.from(drawWeights(smallModel, k + 1).theta)]));
    const shares = [0.2, 0.3, 0.4, 0.1];
    const run = async (changes: Record<string, Float64Array> = {}, learningRate = 0) => {
      const [fetched] = await executable.run([
        {
          ...Object.fromEntries(points),
          ...Object.fromEntries(names.map((name, k) => [shareName(name), Float64Array.of(shares[k])])),
          pixels: set.pixels,
          labels: Int32Array.from(set.labels),
          indices: Int32Array.from({ length: count }, (_, k) => k),
          draws: new Int32Array(3 * count),
          learningRate: Float64Array.of(learningRate),
          ...changes,
        },
      ]);
      return fetched;
    };
    const stepped = await run({}, 1);
    const theta = points
      .get("from")!
      .map((_, k) => names.reduce((sum, name, i) => sum + shares[i] * points.get(name)![k], 0));
    const h = 1e-6;
    for (const name of ["control0", "control1"]) {
      const share = shares[names.indexOf(name)];
      const point = points.get(name)!;
      for (const { offset } of smallModel.layout.entries) {
        const loss = async (sign: number) => {
          const moved = point.with(offset, point[offset] + sign * h);
          return (await run({ [name]: moved })).loss[0];
        };
        const slope = ((await loss(1)) - (await loss(-1))) / (2 * h);
        const step = point[offset] - stepped[name][offset];
        expect(step).toBeCloseTo(slope + 0.1 * share * theta[offset], 7);
      }
    }
  });
});

import { describe, expect, it } from "vitest";
import type { SurfaceRequest } from "../../src/experiment/surface.ts";
import type { JobRunner } from "../../src/jobs/jobs.ts";
import type { SurfaceEvent, SurfaceParams } from "../../src/jobs/surface-jobs.ts";
import { WorkerCrashedError } from "../../src/protocol/link.ts";
import { sameBits } from "../models/same-bits.ts";
import { collectSurface, measureSurface } from "./collect-surface.ts";
import { createTestRunner, smallSpec } from "./in-memory.ts";

const request: SurfaceRequest = {
  x: { kind: "random", seed: 1 },
  y: { kind: "random", seed: 2 },
  normalization: "filter",
  biases: "ignore",
  orthogonalize: false,
  batchNorm: "frozen",
  subset: "train",
  alpha: { min: -1, max: 1, count: 5 },
  beta: { min: -1, max: 1, count: 3 },
};

async function paramsOf(runner: JobRunner, changes: Partial<SurfaceRequest> = {}): Promise<SurfaceParams> {
  const spec = smallSpec();
  const weights = await runner.start("initialize", { spec }).result;
  return { spec, weights, request: { ...request, ...changes }, backend: "reference" };
}
const tilesOf = (events: readonly SurfaceEvent[]) => events.flatMap((event) => (event.kind === "tile" ? [event] : []));

describe("the surface job", () => {
  it("streams every cell once, the centre first, and agrees with an evaluation there", async () => {
    const runner = createTestRunner();
    const params = await paramsOf(runner);
    const events: SurfaceEvent[] = [];
    const { values, report } = await collectSurface(runner.start("surface", params), params, (event) =>
      events.push(event),
    );
    expect(events[0]).toMatchObject({ kind: "started", evaluations: 15 });
    const cells = tilesOf(events).flatMap((tile) => [...tile.cells]);
    expect([...cells].sort((a, b) => a - b)).toEqual(Array.from({ length: 15 }, (_, cell) => cell));
    expect(cells[0]).toBe(7);
    expect([...values.loss].every(Number.isFinite)).toBe(true);
    expect([values.alpha[2], values.beta[1]]).toEqual([0, 0]);
    expect(report).toMatchObject({ status: "complete", examples: 40, microBatches: [20, 20], evaluations: 15 });
    expect(report.request).toMatchObject({ x: "random:1", y: "random:2" });
    const { spec, weights } = params;
    const at = await runner.start("evaluate", { spec, weights, subset: "train", backend: "reference" }).result;
    expect(values.loss[7]).toBe(at.loss);
    expect(values.accuracy[7]).toBe(at.accuracy);
  });

  it("is the same when run again, by the same or by another runner", async () => {
    const runner = createTestRunner();
    const params = await paramsOf(runner);
    const first = await measureSurface(runner, params);
    // Another plane in between: nothing of it may linger in what is kept.
    await runner.start("surface", await paramsOf(runner, { normalization: "layer", x: { kind: "random", seed: 9 } }))
      .result;
    const again = await measureSurface(runner, params);
    const elsewhere = await measureSurface(createTestRunner(), params);
    for (const other of [again, elsewhere]) expect(sameBits(other.values.loss, first.values.loss)).toBe(true);
  });

  it("measures a line along x alone", async () => {
    const runner = createTestRunner();
    const { values, report } = await measureSurface(runner, await paramsOf(runner, { y: null }));
    expect([values.columns, values.rows, report.cosine, report.request.y]).toEqual([5, 1, null, null]);
  });

  it("keeps what was measured when it is cancelled, and goes on from there", async () => {
    const runner = createTestRunner();
    const params = await paramsOf(runner, {
      alpha: { min: -1, max: 1, count: 9 },
      beta: { min: -1, max: 1, count: 7 },
    });
    const whole = await measureSurface(runner, params);
    const handle = runner.start("surface", params);
    const { values, report } = await collectSurface(handle, params, ({ kind }) => kind === "tile" && handle.cancel());
    expect(report.status).toBe("cancelled");
    const cells = Uint32Array.from([...values.measured.keys()].filter((cell) => values.measured[cell] === 1));
    expect(cells.length).toBe(report.evaluations);
    expect(cells.length).toBeGreaterThan(0);
    expect(cells.length).toBeLessThan(63);
    const pick = (data: Float64Array) => Float64Array.from(cells, (cell) => data[cell]);
    const known = {
      cells,
      loss: pick(values.loss),
      lossError: pick(values.lossError),
      accuracy: pick(values.accuracy),
    };
    const onward = { ...params, known };
    const sent: SurfaceEvent[] = [];
    const rest = runner.start("surface", onward);
    const finished = await collectSurface(rest, onward, (event) => sent.push(event));
    expect(tilesOf(sent).flatMap((tile) => [...tile.cells]).length).toBe(63 - cells.length);
    expect(finished.report.status).toBe("complete");
    expect(sameBits(finished.values.loss, whole.values.loss)).toBe(true);
  });

  it("gives the standard error of the loss over examples, by each example's own loss", async () => {
    const runner = createTestRunner();
    // More than a micro-batch takes.
    const all = 30;
    const ofFirst = (count: number) =>
      smallSpec({
        data: { source: "synthetic", train: { count, select: "first" }, test: { count: 20 } },
        training: { batchSize: 1 },
      });
    const weights = await runner.start("initialize", { spec: ofFirst(all) }).result;
    const means = [0];
    for (let count = 1; count <= all; count++) {
      const params = { spec: ofFirst(count), weights, subset: "train", backend: "reference" } as const;
      means.push((await runner.start("evaluate", params).result).loss);
    }
    const losses = means.slice(1).map((mean, before) => (before + 1) * mean - before * means[before]);
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / all;
    const variance = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / (all - 1);
    const centre = { min: -1, max: 1, count: 1 };
    const point = { ...request, y: null, alpha: centre };
    const errorOf = async (count: number) => {
      const params = { spec: ofFirst(count), weights, request: point, backend: "reference" } as const;
      return (await measureSurface(runner, params)).values.lossError[0];
    };
    expect((await errorOf(all)) / Math.sqrt(variance / all)).toBeCloseTo(1, 9);
    expect(await errorOf(1)).toBeNaN();
  });
});

describe("a surface shared among helpers", () => {
  const large = { alpha: { min: -1, max: 1, count: 9 }, beta: { min: -1, max: 1, count: 7 } };

  async function run(helpers: readonly JobRunner[]) {
    const runner = createTestRunner({ helpers: () => helpers });
    const params = await paramsOf(runner, large);
    return { handle: runner.start("surface", params), params };
  }

  it("has the values that one worker gives", async () => {
    const [alone, shared] = [await run([]), await run([createTestRunner(), createTestRunner()])];
    const one = await collectSurface(alone.handle, alone.params);
    const two = await collectSurface(shared.handle, shared.params);
    expect(two.report.backend).toContain("2 workers");
    expect(two.values.measured.every((cell) => cell === 1)).toBe(true);
    expect(sameBits(one.values.loss, two.values.loss)).toBe(true);
  });

  it("keeps what was measured when it is cancelled", async () => {
    const { handle, params } = await run([createTestRunner(), createTestRunner()]);
    const cancel = ({ kind }: SurfaceEvent) => kind === "tile" && handle.cancel();
    const { report, values } = await collectSurface(handle, params, cancel);
    expect(report.status).toBe("cancelled");
    expect(values.measured.filter((cell) => cell === 1).length).toBe(report.evaluations);
  });

  it("fails with the error of a helper that dies", async () => {
    const dying: JobRunner = {
      start: () => ({
        events: (async function* () {})(),
        result: Promise.reject(new WorkerCrashedError("A worker thread stopped: out of memory")),
        control: () => {},
        cancel: () => {},
      }),
    };
    const { handle } = await run([createTestRunner(), dying]);
    await expect(handle.result).rejects.toBeInstanceOf(WorkerCrashedError);
  });
});

/** What the page relies on, of the engine's jobs and of the fake ones that the page's tests run on. */

import { describe, expect, it } from "vitest";
import { unpackSteps } from "../../src/experiment/solve-history.ts";
import type { SurfaceRequest } from "../../src/experiment/surface.ts";
import type { JobEvent, JobHandle, JobRunner } from "../../src/jobs/jobs.ts";
import type { SurfaceEvent } from "../../src/jobs/surface-jobs.ts";
import { creditPerJob } from "../../src/protocol/credit.ts";
import { createFakeRunner } from "../app/fake-runner.ts";
import { collectSurface } from "./collect-surface.ts";
import { collect, createTestRunner, smallSpec } from "./in-memory.ts";
import { wholeHessian } from "./tanh-problem.ts";

const runners: [string, () => JobRunner][] = [
  ["the engine", () => createTestRunner()],
  ["the fake", () => createFakeRunner({ speed: Number.POSITIVE_INFINITY })],
];
const spec = smallSpec();
const backend = "reference" as const;
const request: SurfaceRequest = {
  x: { kind: "random", seed: 1 },
  y: { kind: "random", seed: 2 },
  normalization: "filter",
  biases: "ignore",
  orthogonalize: false,
  batchNorm: "frozen",
  subset: "train",
  alpha: { min: -1, max: 1, count: 9 },
  beta: { min: -2, max: 2, count: 7 },
};

const ofKind = <Event extends { readonly kind: string }, Kind extends Event["kind"]>(
  events: readonly Event[],
  kind: Kind,
) => events.filter((event): event is Extract<Event, { readonly kind: Kind }> => event.kind === kind);

/** Reads on from the first event of a kind, at which the job is cancelled. */
async function cancelAt<Name extends "surface" | "train" | "spectrum">(handle: JobHandle<Name>, kind: string) {
  const events: JobEvent<Name>[] = [];
  for await (const event of handle.events) {
    events.push(event);
    if ((event as { kind: string }).kind === kind) handle.cancel();
  }
  return events;
}

describe.each(runners)("%s", (_, createRunner) => {
  const weightsOf = (runner: JobRunner) => runner.start("initialize", { spec }).result;

  it("streams a surface's cells once each, the centre first, and all of the grid", async () => {
    const runner = createRunner();
    const params = { spec, weights: await weightsOf(runner), request, backend };
    const events: SurfaceEvent[] = [];
    const surface = runner.start("surface", params);
    const { values, report } = await collectSurface(surface, params, (event) => events.push(event));
    expect(events[0]).toMatchObject({ kind: "started", evaluations: 63, report: { status: "cancelled" } });
    const tiles = ofKind(events, "tile");
    expect(tiles).toHaveLength(events.length - 1);
    const cells = tiles.flatMap((tile) => [...tile.cells]);
    expect(cells[0]).toBe(31);
    expect([...cells].sort((a, b) => a - b)).toEqual(Array.from({ length: 63 }, (_, cell) => cell));
    let done = 0;
    for (const tile of tiles) {
      done += tile.cells.length;
      expect(tile).toMatchObject({ done, evaluations: 63 });
      for (const name of ["loss", "lossError", "accuracy"] as const)
        expect(tile[name].every(Number.isFinite) && tile[name].length === tile.cells.length).toBe(true);
    }
    expect(values.measured.every((flag) => flag === 1)).toBe(true);
    // The grid is its reader's: all that comes at the end is what it is of.
    expect(Object.values(report).filter(ArrayBuffer.isView)).toEqual([]);
    expect(report).toMatchObject({ status: "complete", evaluations: 63, request: { x: "random:1", y: "random:2" } });
    expect(report.directionNorms).toHaveLength(2);
  });

  it("takes known cells over and measures the others alone", async () => {
    const runner = createRunner();
    const known = {
      cells: Uint32Array.of(31, 0, 62),
      loss: Float64Array.of(1, 2, 3),
      lossError: Float64Array.of(0.1, 0.2, 0.3),
      accuracy: Float64Array.of(0.5, 0.25, 0),
    };
    const params = { spec, weights: await weightsOf(runner), request, backend, known };
    const handle = runner.start("surface", params);
    const events = await collect(handle);
    const report = await handle.result;
    expect(events[0]).toMatchObject({ evaluations: 60 });
    const sent = new Set(ofKind(events, "tile").flatMap((tile) => [...tile.cells]));
    expect([...known.cells].filter((cell) => sent.has(cell))).toEqual([]);
    expect(sent.size).toBe(60);
    expect(report.evaluations).toBe(60);
  });

  it("ends a cancelled surface with what was measured", async () => {
    const runner = createRunner();
    const large = { ...request, alpha: { ...request.alpha, count: 31 }, beta: { ...request.beta, count: 31 } };
    const handle = runner.start("surface", { spec, weights: await weightsOf(runner), request: large, backend });
    const events = await cancelAt(handle, "tile");
    const report = await handle.result;
    expect(report.status).toBe("cancelled");
    const measured = ofKind(events, "tile").flatMap((tile) => [...tile.cells]);
    expect(measured.length).toBe(report.evaluations);
    expect(measured.length).toBeLessThan(31 * 31);
  });

  it("tells every batch's loss of a training once, in order, and its epochs", async () => {
    const handle = createRunner().start("train", { runId: "contract", spec, backend });
    const events = await collect(handle);
    const { status, checkpoint } = await handle.result;
    expect(events[0]).toMatchObject({ kind: "started", steps: 12 });
    const losses: number[] = [];
    for (const { firstLossStep, batchLosses } of ofKind(events, "progress")) {
      expect(firstLossStep).toBe(losses.length);
      losses.push(...batchLosses);
    }
    expect(losses).toEqual([...checkpoint.batchLosses]);
    expect([status, checkpoint.step, losses.length]).toEqual(["complete", 12, 12]);
    const epochs = ofKind(events, "epoch").map(({ metrics }) => metrics);
    expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 4],
      [2, 8],
      [3, 12],
    ]);
    expect(checkpoint.epochs).toEqual(epochs);
    const kept = ofKind(events, "checkpoint").map(({ step }) => step);
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
  });

  it("goes on from where a training was cancelled", async () => {
    const runner = createRunner();
    const longer = { ...spec, training: { ...spec.training, epochs: 40 } };
    const first = runner.start("train", { runId: "contract", spec: longer, backend });
    await cancelAt(first, "progress");
    const { status, checkpoint } = await first.result;
    expect(status).toBe("cancelled");
    expect(checkpoint.batchLosses).toHaveLength(checkpoint.step);
    expect(checkpoint.step).toBeLessThan(160);
    const params = { runId: "contract", spec: longer, backend, resume: checkpoint };
    const { checkpoint: end } = await runner.start("train", params).result;
    expect(end.step).toBe(160);
    expect([...end.batchLosses.slice(0, checkpoint.step)]).toEqual([...checkpoint.batchLosses]);
  });

  it("records a solve's steps, of which it tells some", async () => {
    const runner = createRunner();
    const solve = { top: 2, bottom: 1, tolerance: 1e-3, maxProducts: 60, memoryBytes: 2 ** 26 };
    const params = { spec, weights: await weightsOf(runner), request: wholeHessian, backend, ...solve };
    const handle = runner.start("spectrum", params);
    const events = await collect(handle);
    const { eigenvalues, residuals, vectors, top, history, products } = await handle.result;
    expect(events[0].kind).toBe("started");
    const steps = unpackSteps(history!);
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.at(-1)!.products).toBeLessThanOrEqual(products);
    for (const { kind: _, ...step } of ofKind(events, "step")) expect(steps).toContainEqual(step);
    expect([eigenvalues.length, residuals.length, vectors.length, top]).toEqual([3, 3, 3, 2]);
    expect(eigenvalues[0]).toBeGreaterThan(eigenvalues[1]);
    for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
  });

  it("holds on while its reader is behind, and loses nothing by it", async () => {
    const runner = createRunner();
    // One cell a tile would be many events; an engine fast enough for fewer has nothing to hold back.
    const handle = runner.start("surface", { spec, weights: await weightsOf(runner), request, backend });
    const reader = handle.events[Symbol.asyncIterator]();
    const events = [await reader.next()];
    let isSettled = false;
    void handle.result.then(() => {
      isSettled = true;
    });
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
    const early = isSettled;
    for (let next = await reader.next(); !next.done; next = await reader.next()) events.push(next);
    if (events.length > creditPerJob + 1) expect(early).toBe(false);
    const cells = events.flatMap(({ value }) => (value?.kind === "tile" ? [...value.cells] : []));
    expect(new Set(cells).size).toBe(63);
  });
});

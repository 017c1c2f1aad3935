/** A curve between two runs: its way over its plane, what is drawn of its training, how far it is, its stores. */
import { describe, expect, it } from "vitest";
import { curveInPlane } from "../../../src/app/compare/curve-in-plane.ts";
import { curveProgress } from "../../../src/app/compare/curve-progress.ts";
import { meanSteps } from "../../../src/app/compare/curve-training.tsx";
import { drawnCurve, drawnLine, pathTable } from "../../../src/app/compare/path-series.ts";
import { createCompareCurve } from "../../../src/app/stores/compare/curve.ts";
import type { LoadedRun } from "../../../src/app/stores/compare/runs.ts";
import { presets } from "../../../src/app/stores/settings/presets.ts";
import type { CurveRequest, ModelPlane } from "../../../src/experiment/comparison.ts";
import type { JobRunner } from "../../../src/jobs/jobs.ts";
import { createFakeRunner } from "../fake-runner.ts";

const { spec } = presets[4];
const bezier: CurveRequest = { kind: "bezier", controls: 1, epochs: 2, learningRate: 0.01, seed: 0 };

const planeOf = (places: readonly (readonly [number, number])[], projected: ModelPlane["projected"] = []): ModelPlane =>
  ({ marks: places.map(([alpha, beta]) => ({ alpha, beta })), projected }) as unknown as ModelPlane;

function loaded(id: string): LoadedRun {
  const weights = { theta: Float32Array.of(1, 2, id.length), state: new Float32Array(0) };
  return {
    record: { id, name: id, spec },
    source: { spec, weights, label: "", checkpoint: { runId: id, step: 5 } },
    norm: 1,
    surface: null,
  } as unknown as LoadedRun;
}

const subject = {
  from: loaded("a"),
  to: loaded("bb"),
  request: bezier,
  points: 5,
  batchNorm: "interpolated",
  start: null,
} as const;

describe("a curve in its plane", () => {
  const plane = planeOf([
    [0, 0],
    [3, 4],
    [10, 0],
  ]);

  it("is the parabola with those ends and that control point", () => {
    const path = curveInPlane(bezier, plane);
    expect(path[0]).toEqual({ alpha: 0, beta: 0 });
    expect(path.at(-1)).toEqual({ alpha: 10, beta: 0 });
    // B(t) = 2t(1 − t)·(3, 4) + t²·(10, 0)
    for (const t of [0.25, 0.5, 0.75]) {
      const { alpha, beta } = path[t * (path.length - 1)];
      expect(alpha).toBeCloseTo(2 * t * (1 - t) * 3 + t * t * 10, 12);
      expect(beta).toBeCloseTo(2 * t * (1 - t) * 4, 12);
    }
  });

  it("is straight from point to point, through the projections of a chain's further ones", () => {
    const further = planeOf(
      [
        [0, 0],
        [3, 4],
        [10, 0],
      ],
      [{ alpha: 7, beta: 6, offPlane: 2 }],
    );
    const path = curveInPlane({ ...bezier, kind: "chain", controls: 2 }, further);
    const third = (path.length - 1) / 3;
    expect(path[third].alpha).toBeCloseTo(3, 12);
    expect(path[2 * third].beta).toBeCloseTo(6, 12);
    expect(path[third / 2].beta).toBeCloseTo(2, 12);
  });
});

describe("the losses of a curve's training", () => {
  it("are drawn one by one, or as means of neighbours, the last of fewer", () => {
    expect(meanSteps(Float32Array.of(3, 1), 4)).toEqual({ width: 1, values: [3, 1] });
    expect(meanSteps(Float32Array.of(1, 3, 5, 7, 9), 2)).toEqual({ width: 3, values: [3, 8] });
    expect(meanSteps(new Float32Array(0))).toEqual({ width: 1, values: [] });
  });

  it("tell how long it takes from the pace since the first of them", () => {
    const steps = (firstStep: number, count: number) =>
      ({ kind: "steps", firstStep, steps: 100, batchLosses: new Float32Array(count) }) as const;
    const idle = { status: "idle", events: [], elapsedMs: 0 } as const;
    // 10 steps when the clock began, 30 two seconds later: 10 a second, 70 to go.
    const training = { status: "running", events: [steps(0, 10), steps(10, 20)], elapsedMs: 2000, subject } as const;
    expect(curveProgress(training, idle)).toEqual({ phase: "training", done: 30, total: 100, secondsLeft: 7 });
    const first = { ...training, events: [steps(0, 10)], elapsedMs: 0 };
    expect(curveProgress(first, idle)?.secondsLeft).toBeNaN();
    expect(curveProgress({ ...training, events: [] }, idle)?.phase).toBe("waiting");
    expect(curveProgress({ ...training, status: "complete" }, idle)).toBeNull();
  });
});

describe("the stores of a curve", () => {
  it("train it, measure the straight line at the same points, and lay a plane with the curve's own ends", async () => {
    const fake = createFakeRunner({ speed: Number.POSITIVE_INFINITY });
    const asked: Record<string, unknown>[] = [];
    const runner = (): JobRunner => ({
      start: (name, params) => {
        asked.push({ name, ...(params as object) });
        return fake.start(name, params);
      },
    });
    const curve = createCompareCurve(runner, "auto");
    await curve.train(subject);
    const { result, events } = curve.training.getState();
    const line = curve.chord.getState().result;
    expect(asked.map(({ name, points, match }) => [name, points, match])).toEqual([
      ["curve", 5, undefined],
      ["line", 5, false],
    ]);
    const table = pathTable([
      { key: "curve", title: "Curve", series: drawnCurve(events, result).series },
      { key: "straight", title: "Straight line", series: drawnLine([], line).raw.series },
    ]);
    expect(table.rows).toHaveLength(5);
    expect(table.rows[2][0]).toBe(0.5);
    expect(table.rows[2][1]).toBe(result!.figures!.train.loss[2]);
    expect(table.rows[2][5]).toBe(line!.raw.train.loss[2]);

    await curve.measurePlane(result!, subject, 5);
    const plane = asked.find(({ name }) => name === "plane") as unknown as { models: { weights: unknown }[] };
    expect(plane.models.map(({ weights }) => weights)).toEqual([
      subject.from.source.weights,
      { theta: result!.controls[0], state: subject.from.source.weights.state },
      subject.to.source.weights,
    ]);
    await expect.poll(() => curve.plane.surface.getState().status).toBe("complete");

    // Another curve: what was of the first is no longer shown.
    const again = curve.train({ ...subject, points: 3 });
    expect(curve.chord.getState().status).toBe("idle");
    expect(curve.plane.surface.getState().grid).toBeNull();
    await again;
  });

  it("go on from the control points of a cancelled one", async () => {
    const fake = createFakeRunner({ speed: 20 });
    let start: unknown;
    const runner = (): JobRunner => ({
      start: (name, params) => {
        if (name === "curve") start = (params as { start?: unknown }).start;
        return fake.start(name, params);
      },
    });
    const curve = createCompareCurve(runner, "auto");
    const controls = [Float32Array.of(7, 7, 7)];
    const training = curve.train({ ...subject, start: controls });
    expect(start).toBe(controls);
    curve.cancel();
    await training;
    expect(curve.chord.getState().status).toBe("idle");
  });
});

import { describe, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { defaultSettings } from "../../../src/app/stores/settings/settings.ts";
import { createSettingsStore } from "../../../src/app/stores/settings/settings-store.ts";
import { findRequest } from "../../../src/app/stores/surface-request.ts";
import type { SurfaceSource } from "../../../src/app/stores/surface-source.ts";
import { createSurfaceStore } from "../../../src/app/stores/surface-store.ts";
import type { TrainingState } from "../../../src/app/stores/training-store.ts";
import { followSurface } from "../../../src/app/stores/trajectory/follow-surface.ts";
import { pathTo, withPoint } from "../../../src/app/stores/trajectory/points.ts";
import { createTrajectoryStore } from "../../../src/app/stores/trajectory/trajectory-store.ts";
import type { SurfaceView } from "../../../src/experiment/surface-view.ts";
import type { TrajectoryPoint } from "../../../src/experiment/trajectory.ts";
import type { JobName, JobRunner } from "../../../src/jobs/jobs.ts";
import { createFakeRunner } from "../fake-runner.ts";

const point = (step: number, ...theta: number[]): TrajectoryPoint => ({
  step,
  weights: { theta: Float32Array.from(theta), state: new Float32Array(0) },
});
const points = [point(0, 3, 4, 0), point(20, 1, 2, 0.5), point(40, 1, 0, 0), point(60, 0, 0, 0)];
const source: SurfaceSource = {
  spec: defaultSettings.spec,
  weights: points[3].weights,
  label: "after 60 steps",
  checkpoint: { runId: "a", step: 60 },
};
const axis = { min: -1, max: 1, count: 5 };
const alongPath: SurfaceView = {
  ...defaultSettings.surface,
  x: { kind: "pca", index: 1 },
  y: { kind: "pca", index: 2 },
  normalization: "none",
  biases: "include",
  alpha: axis,
  beta: axis,
};
const random: SurfaceView = { ...alongPath, x: { kind: "random", seed: 1 }, y: { kind: "random", seed: 2 } };

function openPage() {
  const fake = createFakeRunner({ speed: Number.POSITIVE_INFINITY });
  const started: JobName[] = [];
  const runner: JobRunner = {
    start(name, params) {
      started.push(name);
      return fake.start(name, params);
    },
  };
  const trajectory = createTrajectoryStore(() => runner, "auto");
  const settings = createSettingsStore(defaultSettings);
  const training = createStore<Partial<TrainingState>>(() => ({ status: "idle", runId: null }));
  const surface = createSurfaceStore({
    runner: () => runner,
    backend: "auto",
    request: (at, view, signal) =>
      findRequest(at, view, signal, {
        spectrum: () => Promise.reject(new Error("no spectrum")),
        principal: (...asked) => trajectory.getState().findPrincipal(...asked),
      }),
    keep: async () => {},
  });
  followSurface(trajectory, { surface, settings, training: training as never });
  const measure = (view: SurfaceView, at = source) => {
    surface.getState().measure(at, view);
    return vi.waitFor(() => expect(surface.getState().status).toMatch(/complete|failed/));
  };
  const ready = () => vi.waitFor(() => expect(trajectory.getState().status).toBe("complete"));
  const count = (name: JobName) => started.filter((other) => other === name).length;
  return { trajectory, settings, training, surface, measure, ready, count };
}

describe("recorded points", () => {
  it("stand in order of their steps, and a step given again takes the place of the first", () => {
    const built = [point(20, 1), point(0, 0), point(40, 2), point(20, 9)].reduce<readonly TrajectoryPoint[]>(
      withPoint,
      [],
    );
    expect(built.map(({ step, weights }) => [step, weights.theta[0]])).toEqual([
      [0, 0],
      [20, 9],
      [40, 2],
    ]);
  });

  it("lead to the surface's centre, which is the last of them", () => {
    expect(pathTo(points, "a", source).map(({ step }) => step)).toEqual([0, 20, 40, 60]);
    const stopped = { ...source, weights: points[1].weights, checkpoint: { runId: "a", step: 33 } };
    expect(pathTo(points, "a", stopped).map(({ step }) => step)).toEqual([0, 20, 33]);
    expect(pathTo(points, "b", source)).toEqual([]);
    expect(pathTo(points, "a", { ...source, checkpoint: null })).toEqual([]);
  });
});

describe("the path on the plate", () => {
  it("comes with a surface of the run, whatever its plane, and goes with another run's", async () => {
    const { trajectory, measure, ready, surface } = openPage();
    trajectory.getState().begin("a", points);
    await measure(random);
    await ready();
    const { path } = trajectory.getState();
    expect(path?.step).toEqual(Float64Array.of(0, 20, 40, 60));
    expect(path?.extent).toBe(5);
    expect(path?.measured).toEqual(Uint8Array.of(1, 1, 1, 1));
    expect(path?.explained).toEqual([null, null]);
    const other = { ...source, weights: { ...source.weights }, checkpoint: { runId: "b", step: 60 } };
    surface.getState().measure(other, random);
    await vi.waitFor(() => expect(trajectory.getState()).toMatchObject({ status: "idle", path: null }));
  });

  it("is asked for once a plane, and again when the plane or the points are others", async () => {
    const { trajectory, settings, measure, ready, count } = openPage();
    trajectory.getState().begin("a", points.slice(0, 3));
    await measure(random);
    await ready();
    await measure({ ...random, alpha: { ...axis, max: 2 } });
    expect(count("projectTrajectory")).toBe(1);
    await measure({ ...random, normalization: "filter" });
    await ready();
    expect(count("projectTrajectory")).toBe(2);
    await measure(random);
    await ready();
    expect(count("projectTrajectory")).toBe(2);
    settings.getState().setView({ path: false });
    await vi.waitFor(() => expect(trajectory.getState().path).toBeNull());
    settings.getState().setView({ path: true });
    await ready();
    expect(count("projectTrajectory")).toBe(2);
    trajectory.getState().record("a", point(50, 0.5, 0, 0));
    await vi.waitFor(() => expect(trajectory.getState().path?.step).toHaveLength(5));
  });

  it("knows how much of its variance its own directions explain, and only they as they are", async () => {
    const { trajectory, measure, ready } = openPage();
    trajectory.getState().begin("a", points);
    await measure(alongPath);
    await ready();
    const [first, second] = trajectory.getState().path?.explained ?? [];
    expect(first).toBeGreaterThan(0.5);
    expect((first ?? 0) + (second ?? 0)).toBeLessThanOrEqual(1 + 1e-12);
    await measure({ ...alongPath, normalization: "filter" });
    await vi.waitFor(() => expect(trajectory.getState().path?.explained).toEqual([null, null]));
  });

  it("comes back with a surface that was kept along its own directions", async () => {
    const { trajectory, measure, ready, surface } = openPage();
    trajectory.getState().begin("a", points);
    await measure(alongPath);
    await ready();
    const { report, grid } = surface.getState();
    const reloaded = openPage();
    if (report && grid) reloaded.surface.getState().restore(source, alongPath, { report, values: grid }, false);
    reloaded.trajectory.getState().begin("a", points);
    await reloaded.ready();
    expect(reloaded.trajectory.getState().path?.alpha).toEqual(trajectory.getState().path?.alpha);
  });

  it("says what to do where too little is recorded", async () => {
    const { trajectory, measure, surface } = openPage();
    trajectory.getState().begin("a", points.slice(2, 3));
    await measure(alongPath);
    expect(surface.getState()).toMatchObject({ status: "failed" });
    expect(surface.getState().message).toContain("Only 2 points are recorded");
    expect(surface.getState().message).toContain("Record the path");
  });

  it("waits with new points until training rests", async () => {
    const { trajectory, training, measure, ready } = openPage();
    trajectory.getState().begin("a", points.slice(0, 2));
    await measure(random);
    await ready();
    training.setState({ status: "running" });
    trajectory.getState().record("a", points[2]);
    expect(trajectory.getState()).toMatchObject({ status: "complete" });
    expect(trajectory.getState().path?.step).toHaveLength(3);
    training.setState({ status: "complete" });
    await vi.waitFor(() => expect(trajectory.getState().path?.step).toHaveLength(4));
  });
});

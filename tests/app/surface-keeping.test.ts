/** A surface that breaks off, is kept, and goes on; and surfaces along eigenvectors. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { defaultSettings } from "../../src/app/stores/settings/settings.ts";
import { findRequest, pairsNamed } from "../../src/app/stores/surface-request.ts";
import type { SurfaceSource } from "../../src/app/stores/surface-source.ts";
import { createSurfaceStore } from "../../src/app/stores/surface-store.ts";
import type { Spectrum } from "../../src/experiment/curvature.ts";
import type { Surface, SurfaceRequest } from "../../src/experiment/surface.ts";
import type { SurfaceView } from "../../src/experiment/surface-view.ts";
import type { JobHandle, JobName, JobRunner } from "../../src/jobs/jobs.ts";
import { createFakeRunner, type FakeOptions } from "./fake-runner.ts";

const source: SurfaceSource = {
  spec: defaultSettings.spec,
  weights: { theta: new Float32Array(4), state: new Float32Array(0) },
  label: "after 8 epochs",
  checkpoint: { runId: "run-1", step: 80 },
};
const view: SurfaceView = {
  ...defaultSettings.surface,
  alpha: { min: -1, max: 1, count: 21 },
  beta: { min: -1, max: 1, count: 21 },
};
const eigenView: SurfaceView = { ...view, x: { kind: "eigen", index: 1 }, y: { kind: "eigen", index: -1 } };

const noPath = () => Promise.reject(new Error("No path is recorded."));

function spectrumOf(...vectors: Float32Array[]): Spectrum {
  const request = { operator: "hessian", filterScaled: false, subset: "train", batchNorm: "frozen" };
  const eigenvalues = Float64Array.from(vectors, (_, place) => 8 - place);
  return { vectors, eigenvalues, top: vectors.length - 1, report: { request } } as unknown as Spectrum;
}

interface Session {
  readonly kept: [SurfaceSource, Surface][];
  readonly started: { readonly name: JobName; readonly params: Record<string, unknown> }[];
}

function open(options: FakeOptions, find: () => Spectrum | Promise<Spectrum> = () => spectrumOf(), dies = false) {
  const session: Session = { kept: [], started: [] };
  const fake = createFakeRunner(options);
  const runner: JobRunner = {
    start(name, params) {
      session.started.push({ name, params: params as Record<string, unknown> });
      const handle = fake.start(name, params);
      return dies ? dying(handle) : handle;
    },
  };
  const store = createSurfaceStore({
    runner: () => runner,
    backend: "auto",
    request: (at, settings, signal) => findRequest(at, settings, signal, { spectrum: find, principal: noPath }),
    keep: async (at, surface) => void session.kept.push([at, surface]),
  });
  return { store, ...session };
}

/** A job whose worker dies at its end. */
function dying<Name extends JobName>(handle: JobHandle<Name>): JobHandle<Name> {
  const result = handle.result.then(() => Promise.reject(new Error("The device was lost.")));
  result.catch(() => {});
  return { ...handle, result };
}

afterEach(() => {
  vi.useRealTimers();
});

describe("a stream that goes on for long", () => {
  it("is kept every two seconds with the weights it is around, as one that was cancelled", async () => {
    vi.useFakeTimers();
    const { store, kept } = open({ speed: 0.5 });
    store.getState().measure(source, view);
    await vi.advanceTimersByTimeAsync(3500);
    expect(kept).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2200);
    expect(kept).toHaveLength(2);
    const [at, { values, report }] = kept[1];
    expect(at).toBe(source);
    const count = values.measured.reduce((sum, flag) => sum + flag, 0);
    expect(count).toBeGreaterThan(20);
    expect(count).toBeLessThan(441);
    expect(report).toMatchObject({ status: "cancelled", evaluations: count, request: { x: "random:1" } });
    store.getState().cancel();
    await vi.runAllTimersAsync();
  });

  it("ends as the grid that it streamed into, of which a copy is kept whole", async () => {
    const { store, kept } = open({ speed: Number.POSITIVE_INFINITY });
    store.getState().measure(source, view);
    const streamed = store.getState().grid!;
    await vi.waitFor(() => expect(store.getState().status).toBe("complete"));
    const { grid, revision } = store.getState();
    expect(grid).toBe(streamed);
    expect([revision, streamed.measuredCount]).toEqual([streamed.revision, 441]);
    const [, { values, report }] = kept.at(-1)!;
    expect(report).toMatchObject({ status: "complete", evaluations: 441 });
    expect([...values.loss]).toEqual([...streamed.loss]);
    expect(values.loss).not.toBe(streamed.loss);
  });

  it("is kept when its worker dies, and says so", async () => {
    const { store, kept } = open({ speed: 1000 }, undefined, true);
    store.getState().measure(source, view);
    await vi.waitFor(() => expect(store.getState().status).toBe("failed"));
    expect(store.getState().message).toContain("device was lost");
    expect(kept.at(-1)![1].report.evaluations).toBeGreaterThan(0);
    // What is kept is shown: the page is told of the points that came last, too.
    expect(store.getState().revision).toBe(store.getState().grid!.revision);
  });
});

describe("a kept surface", () => {
  const broken = async (): Promise<Surface> => {
    vi.useFakeTimers();
    const { store, kept } = open({ speed: 0.5 });
    store.getState().measure(source, view);
    await vi.advanceTimersByTimeAsync(3500);
    store.getState().cancel();
    await vi.runAllTimersAsync();
    vi.useRealTimers();
    return kept[0][1];
  };

  it("goes on from the points it has when its weights are loaded", async () => {
    const surface = await broken();
    const { store, started } = open({ speed: Number.POSITIVE_INFINITY });
    store.getState().restore(source, view, surface, false);
    expect(store.getState().status).toBe("cancelled");
    store.getState().measure(source, view);
    await vi.waitFor(() => expect(store.getState().status).toBe("complete"));
    const known = started[0].params.known as { cells: Uint32Array };
    expect(known.cells.length).toBe(surface.values.measured.reduce((sum, flag) => sum + flag, 0));
    expect(store.getState().report!.evaluations).toBe(441 - known.cells.length);
  });

  it("gives no points to another function or other weights", async () => {
    const surface = await broken();
    for (const [settings, isOrphan] of [
      [view, true],
      [{ ...view, x: { kind: "random", seed: 9 } } as SurfaceView, false],
      [{ ...view, subset: "test" } as SurfaceView, false],
    ] as const) {
      const { store, started } = open({ speed: Number.POSITIVE_INFINITY });
      store.getState().restore(source, view, surface, isOrphan);
      store.getState().measure(source, settings);
      await vi.waitFor(() => expect(store.getState().status).toBe("complete"));
      expect(started[0].params.known).toBeUndefined();
    }
  });
});

describe("a surface along eigenvectors", () => {
  it("names the pairs that it needs", () => {
    expect(pairsNamed(view)).toEqual({ top: 0, bottom: 0 });
    expect(pairsNamed(eigenView)).toEqual({ top: 1, bottom: 1 });
    expect(pairsNamed({ x: { kind: "eigen", index: 3 }, y: { kind: "random", seed: 1 } })).toEqual({
      top: 3,
      bottom: 0,
    });
  });

  it("hands the vectors on, and measures anew when they are others of the same names", async () => {
    const first = [Float32Array.of(1, 0, 0, 0), Float32Array.of(0, 1, 0, 0)];
    let now = first;
    const { store, started } = open({ speed: Number.POSITIVE_INFINITY }, () => spectrumOf(...now));
    const measure = async () => {
      store.getState().measure(source, eigenView);
      await vi.waitFor(() => expect(store.getState().status).toBe("complete"));
    };
    await measure();
    expect(started[0].params.request).toMatchObject({
      x: { kind: "vector", vector: first[0], label: "eigen:1", eigenvalue: 8 },
      y: { kind: "vector", vector: first[1], label: "eigen:-1", eigenvalue: 7 },
    });
    await measure();
    expect((started[1].params.known as { cells: Uint32Array }).cells.length).toBe(441);
    now = first.map((vector) => vector.slice());
    await measure();
    expect(started[2].params.known).toBeUndefined();
  });

  it.each([
    [{ operator: "ggn" }, {}],
    [{ filterScaled: true }, {}],
    [{}, { subset: "test" as const }],
    [{}, { batchNorm: "reestimated" as const }],
  ])("does not call an eigenvalue of another matrix its curvature: %j, surface %j", async (request, surface) => {
    const found = spectrumOf(Float32Array.of(1, 0, 0, 0), Float32Array.of(0, 1, 0, 0));
    const other = { ...found, report: { ...found.report, request: { ...found.report.request, ...request } } };
    const { store, started } = open({ speed: Number.POSITIVE_INFINITY }, () => other as Spectrum);
    store.getState().measure(source, { ...eigenView, ...surface });
    await vi.waitFor(() => expect(store.getState().status).toBe("complete"));
    expect((started[0].params.request as SurfaceRequest).x).not.toHaveProperty("eigenvalue");
  });

  it("says what is missing when the solve brought too few", async () => {
    const { store } = open({ speed: Number.POSITIVE_INFINITY }, async () => spectrumOf(new Float32Array(4)));
    store.getState().measure(source, eigenView);
    await vi.waitFor(() => expect(store.getState().status).toBe("failed"));
    expect(store.getState().message).toContain(
      "Eigenvector 1 was not found: the solve ended with 0 pairs from the top",
    );
  });

  it("can be cancelled while the eigenvectors are computed", async () => {
    let solved = (_spectrum: Spectrum) => {};
    const { store, started } = open(
      { speed: Number.POSITIVE_INFINITY },
      () =>
        new Promise((resolve) => {
          solved = resolve;
        }),
    );
    store.getState().measure(source, eigenView);
    expect(store.getState().status).toBe("queued");
    store.getState().cancel();
    solved(spectrumOf(new Float32Array(4), new Float32Array(4)));
    await vi.waitFor(() => expect(store.getState().status).toBe("cancelled"));
    expect(started).toEqual([]);
  });
});

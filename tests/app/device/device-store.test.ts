import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createDeviceStore } from "../../../src/app/stores/device-store.ts";
import type { JobRunner } from "../../../src/jobs/jobs.ts";
import { createFakeRunner } from "../fake-runner.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function openStore() {
  const runner = createFakeRunner({ speed: 1 });
  const store = createDeviceStore(() => runner, "auto");
  return { store, looks: () => runner.started.filter((name) => name === "describeDevice").length };
}

describe("watching the device", () => {
  it("looks again while it is watched, one look at a time, and not after", async () => {
    const { store, looks } = openStore();
    const stop = store.getState().watch();
    expect(looks()).toBe(1);
    await vi.advanceTimersByTimeAsync(3800);
    const whileWatched = looks();
    expect(whileWatched).toBeGreaterThanOrEqual(3);
    expect(whileWatched).toBeLessThanOrEqual(4);
    expect(store.getState().report?.memoryBytes).toBeGreaterThan(0);
    stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(looks()).toBe(whileWatched);
  });

  it("stops though a look was under way", async () => {
    const { store, looks } = openStore();
    store.getState().watch()();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(looks()).toBe(1);
  });
});

describe("the self-check and the benchmark", () => {
  it("keep their rows and how long they took", async () => {
    const { store } = openStore();
    const both = Promise.all([store.getState().runSelfCheck(), store.getState().runBenchmark()]);
    expect(store.getState().check.status).toBe("running");
    await vi.advanceTimersByTimeAsync(20_000);
    await both;
    const { check, benchmark } = store.getState();
    expect([check.status, benchmark.status]).toEqual(["complete", "complete"]);
    expect(check.rows.length).toBe(3);
    expect(check.total).toBe(3);
    expect(benchmark.rows.length).toBe(3);
    expect(benchmark.seconds).toBeGreaterThan(0);
  });

  it("are stopped, with the rows that had come", async () => {
    const { store } = openStore();
    const checking = store.getState().runSelfCheck();
    store.getState().stopSelfCheck();
    await vi.advanceTimersByTimeAsync(20_000);
    await checking;
    expect(store.getState().check).toMatchObject({ status: "cancelled", error: null, seconds: null });
    const again = store.getState().runSelfCheck();
    await vi.advanceTimersByTimeAsync(20_000);
    await again;
    expect(store.getState().check.status).toBe("complete");
  });

  it("say why they failed", async () => {
    const failing: JobRunner = {
      start() {
        throw new Error("The worker stopped.");
      },
    };
    const store = createDeviceStore(() => failing, "auto");
    await store.getState().runBenchmark();
    expect(store.getState().benchmark).toMatchObject({ status: "failed", error: "The worker stopped." });
  });
});

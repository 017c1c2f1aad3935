import { afterEach, describe, expect, it, vi } from "vitest";
import { Pipeline } from "../../src/execution/pipeline.ts";
import { WorkWindow } from "../../src/execution/work-window.ts";

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

afterEach(() => {
  vi.useRealTimers();
});

describe("WorkWindow", () => {
  it("submits one item until it knows the rate, then what fills its time", async () => {
    vi.useFakeTimers();
    const window = new WorkWindow({ targetMs: 50 });
    expect(window.itemsPerSubmission(10)).toBe(1);
    void window.track(10, () => sleep(20));
    await vi.advanceTimersByTimeAsync(20);
    expect(window.flopPerSecond).toBeCloseTo(500, 9);
    expect(window.itemsPerSubmission(1)).toBe(25);
    expect(window.itemsPerSubmission(1e9)).toBe(1);
  });

  it("takes completions that arrive together for one, not for a sudden speed", async () => {
    vi.useFakeTimers();
    const window = new WorkWindow({ targetMs: 50 });
    const both = sleep(40);
    void window.track(10, () => both);
    void window.track(10, () => both);
    await vi.advanceTimersByTimeAsync(40);
    // The first is measured as it fades by nothing: 20 operations in 40 ms.
    expect(window.flopPerSecond).toBeCloseTo(500, 9);
  });

  it("keeps two submissions in flight, however long they take, and not many more", async () => {
    vi.useFakeTimers();
    const window = new WorkWindow({ targetMs: 20 });
    let outstanding = 0;
    let most = 0;
    let device = Promise.resolve();
    const submit = () => {
      most = Math.max(most, ++outstanding);
      device = device.then(() => sleep(20)).then(() => void outstanding--);
      return device;
    };
    const submitting = (async () => {
      for (let i = 0; i < 12; i++) {
        await window.room(1);
        void window.track(1, submit);
      }
      await device;
    })();
    await vi.runAllTimersAsync();
    await submitting;
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
  });

  it("hears an abort while it waits, and lets messages in while work is synchronous", async () => {
    const window = new WorkWindow({ targetMs: 20 });
    const controller = new AbortController();
    let release = () => {};
    void window.track(1, () => new Promise<void>((resolve) => (release = resolve)));
    void window.track(1, () => sleep(60));
    const waiting = window.room(1, controller.signal);
    controller.abort(new Error("enough"));
    release();
    await expect(waiting).rejects.toThrow("enough");

    let isHeard = false;
    setTimeout(() => (isHeard = true), 0);
    for (let turn = 0; !isHeard && turn < 100; turn++) {
      await window.room(1);
      void window.track(1, async () => {
        const end = performance.now() + 5;
        while (performance.now() < end);
      });
    }
    expect(isHeard).toBe(true);
  });
});

describe("Pipeline", () => {
  it("consumes in order, each as soon as it and those before it are there", async () => {
    vi.useFakeTimers();
    const pipeline = new Pipeline(5);
    const seen: number[] = [];
    await pipeline.add(sleep(20), () => void seen.push(1));
    await pipeline.add(sleep(1), () => void seen.push(2));
    await vi.advanceTimersByTimeAsync(19);
    expect(seen).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(seen).toEqual([1, 2]);
    await pipeline.drain();
  });

  it("holds back who adds beyond its depth", async () => {
    const pipeline = new Pipeline(1);
    let release = () => {};
    await pipeline.add(new Promise<void>((resolve) => (release = resolve)), () => {});
    let isAdded = false;
    const adding = pipeline.add(Promise.resolve(), () => {}).then(() => (isAdded = true));
    // Whatever could go on by itself has by the next turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    expect(isAdded).toBe(false);
    release();
    await adding;
  });

  it("rejects with the first error, consumes nothing after it, and leaves no rejection unhandled", async () => {
    const pipeline = new Pipeline(9);
    const seen: string[] = [];
    await pipeline.add(Promise.resolve("a"), (value) => void seen.push(value));
    await pipeline.add(Promise.reject(new Error("first")), () => {});
    await pipeline.add(Promise.reject(new Error("second")), () => {}).catch(() => {});
    await expect(pipeline.drain()).rejects.toThrow("first");
    expect(seen).toEqual(["a"]);
  });
});

/** The place of a job: what is heard of it, and of one that another has overtaken. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createJobSlot, type JobFollower } from "../../src/app/stores/job-slot.ts";
import type { JobHandle } from "../../src/jobs/jobs.ts";
import { EventStream } from "../../src/protocol/event-stream.ts";

type Event = Parameters<NonNullable<JobFollower<"distances">["onEvent"]>>[0];
type Result = Awaited<JobHandle<"distances">["result"]>;

/** A promise, to be settled from outside. */
function deferred<Value>() {
  let [resolve, reject]: [(value: Value) => void, (error: Error) => void] = [() => {}, () => {}];
  const promise = new Promise<Value>((...settle) => {
    [resolve, reject] = settle;
  });
  return { promise, resolve, reject };
}

/** A job that does what the test says. */
function job() {
  const events = new EventStream<Event>(() => {});
  const { promise: result, resolve, reject } = deferred<Result>();
  result.catch(() => {});
  const cancel = vi.fn();
  const end = (settle: () => void) => {
    settle();
    events.end();
  };
  return {
    handle: { events, result, control: () => {}, cancel } as unknown as JobHandle<"distances">,
    cancel,
    say: (done: number) => events.push({ done } as unknown as Event),
    finish: (value = "result") => end(() => resolve(value as unknown as Result)),
    fail: (error: Error) => end(() => reject(error)),
  };
}

const aborted = () => new DOMException("cancelled", "AbortError");

/** What a store would show, as a list of words. */
function listener() {
  const heard: string[] = [];
  const follower: JobFollower<"distances"> = {
    onEvent: (event) => heard.push(`event ${(event as unknown as { done: number }).done}`),
    announce: () => heard.push("announced"),
    keep: async () => void heard.push("kept"),
    end: (ending) => heard.push(ending.kind === "failed" ? `failed: ${ending.message}` : ending.kind),
  };
  return { heard, follower };
}

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

describe("a job in its place", () => {
  test("is heard in order, kept, and then at its end", async () => {
    const slot = createJobSlot<"distances">();
    const [first, { heard, follower }] = [job(), listener()];
    const ending = slot.followJob(() => first.handle, follower);
    expect(slot.isBusy).toBe(true);
    first.say(1);
    first.say(2);
    await vi.advanceTimersByTimeAsync(1000);
    first.finish();
    expect(await ending).toEqual({ kind: "complete", result: "result" });
    expect(heard).toEqual(["event 1", "event 2", "announced", "kept", "complete"]);
    expect(slot.isBusy).toBe(false);
  });

  test("is not announced after its end", async () => {
    const slot = createJobSlot<"distances">();
    const [first, { heard, follower }] = [job(), listener()];
    const ending = slot.followJob(() => first.handle, follower);
    first.say(1);
    first.finish();
    await ending;
    await vi.runAllTimersAsync();
    expect(heard).toEqual(["event 1", "kept", "complete"]);
  });

  test("that fails says why", async () => {
    const slot = createJobSlot<"distances">();
    const [first, { heard, follower }] = [job(), listener()];
    const ending = slot.followJob(() => first.handle, follower);
    first.fail(new Error("no device"));
    expect(await ending).toMatchObject({ kind: "failed", message: "no device" });
    expect(heard).toEqual(["failed: no device"]);
  });

  test("that is cancelled ends as what the job makes of it", async () => {
    const slot = createJobSlot<"distances">();
    const [first, second] = [job(), job()];
    const bare = slot.followJob(() => first.handle, listener().follower);
    slot.cancel();
    expect(first.cancel).toHaveBeenCalledOnce();
    first.fail(aborted());
    expect(await bare).toEqual({ kind: "cancelled" });
    const partial = slot.followJob(() => second.handle, listener().follower);
    slot.cancel();
    second.finish("what there is");
    expect(await partial).toEqual({ kind: "complete", result: "what there is" });
  });
});

describe("another job in that place", () => {
  test("cancels the one before, of which nothing more is heard", async () => {
    const slot = createJobSlot<"distances">();
    const [first, second] = [job(), job()];
    const [before, after] = [listener(), listener()];
    const overtaken = slot.followJob(() => first.handle, before.follower);
    first.say(1);
    await vi.advanceTimersByTimeAsync(0);
    const ending = slot.followJob(() => second.handle, after.follower);
    expect(first.cancel).toHaveBeenCalledOnce();
    first.say(2);
    first.finish();
    expect(await overtaken).toEqual({ kind: "overtaken" });
    await vi.runAllTimersAsync();
    expect(before.heard).toEqual(["event 1"]);
    expect(slot.isBusy).toBe(true);
    second.finish();
    expect(await ending).toMatchObject({ kind: "complete" });
    expect(after.heard).toEqual(["kept", "complete"]);
  });

  test("that is dropped leaves the place free and silent", async () => {
    const slot = createJobSlot<"distances">();
    const [first, { heard, follower }] = [job(), listener()];
    const ending = slot.followJob(() => first.handle, follower);
    slot.drop();
    expect(slot.isBusy).toBe(false);
    first.fail(aborted());
    expect(await ending).toEqual({ kind: "overtaken" });
    expect(heard).toEqual([]);
  });
});

describe("a job whose beginning takes time", () => {
  test("is cancelled before it has begun", async () => {
    const slot = createJobSlot<"distances">();
    const { heard, follower } = listener();
    const begun = vi.fn();
    const ending = slot.followJob(async (signal) => {
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      begun();
      return job().handle;
    }, follower);
    slot.cancel();
    expect(await ending).toEqual({ kind: "cancelled" });
    expect([heard, begun.mock.calls]).toEqual([["cancelled"], []]);
  });

  test("is cancelled as it begins", async () => {
    const slot = createJobSlot<"distances">();
    const first = job();
    const ready = deferred<void>();
    const ending = slot.followJob(() => ready.promise.then(() => first.handle), listener().follower);
    slot.cancel();
    ready.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(first.cancel).toHaveBeenCalled();
    first.fail(aborted());
    expect(await ending).toEqual({ kind: "cancelled" });
  });
});

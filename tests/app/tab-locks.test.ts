import { expect, it, vi } from "vitest";
import { createTabLocks, sweepLock, trainingLock } from "../../src/app/stores/tab-locks.ts";
import { createFakeLocks } from "./fake-locks.ts";

const name = trainingLock("run");

it("one tab holds a piece of work at a time; the other sees it, and that it has ended", async () => {
  const locks = createFakeLocks();
  const [one, two] = [createTabLocks(locks), createTabLocks(locks)];
  const release = await one.hold(name);
  expect(release).not.toBeNull();
  await vi.waitFor(() => expect([...two.elsewhere.getState().names]).toEqual([name]));
  await one.look();
  expect([...one.elsewhere.getState().names]).toEqual([]);
  expect(await two.hold(name)).toBeNull();
  expect(await two.hold(sweepLock)).not.toBeNull();
  release?.();
  await vi.waitFor(() => expect([...two.elsewhere.getState().names]).toEqual([]));
  expect(await two.hold(name)).not.toBeNull();
  await vi.waitFor(() => expect([...one.elsewhere.getState().names].sort()).toEqual([sweepLock, name].sort()));
});

it("a tab that waits for the end of another's work does not keep it from going on at once", async () => {
  const locks = createFakeLocks();
  const [one, two] = [createTabLocks(locks), createTabLocks(locks)];
  const first = await one.hold(name);
  await two.look();
  first?.();
  expect(await one.hold(name)).not.toBeNull();
  await vi.waitFor(() => expect([...two.elsewhere.getState().names]).toEqual([name]));
});

it("locks of other pages of the origin are none of ours", async () => {
  const locks = createFakeLocks();
  await new Promise<void>((resolve) => {
    void locks.request("theirs", {}, () => {
      resolve();
      return new Promise(() => {});
    });
  });
  const tab = createTabLocks(locks);
  await tab.look();
  expect([...tab.elsewhere.getState().names]).toEqual([]);
});

it("without Web Locks everything is allowed and nothing is known", async () => {
  const tab = createTabLocks(undefined);
  expect(await tab.hold(name)).not.toBeNull();
  expect(await tab.hold(name)).not.toBeNull();
  await tab.look();
  expect(tab.elsewhere.getState().names.size).toBe(0);
});

import { describe, expect, it } from "vitest";
import { createSaveQueue } from "../../src/app/stores/save-queue.ts";

function recorded() {
  const done: string[] = [];
  const errors: unknown[] = [];
  const told: boolean[] = [];
  const queue = createSaveQueue({ failed: (error) => errors.push(error), unsaved: (is) => told.push(is) });
  const disk = { isFull: false };
  const save = (name: string) => async () => {
    await new Promise((resolve) => setTimeout(resolve));
    if (disk.isFull) throw new Error(`no room for ${name}`);
    done.push(name);
  };
  return { queue, done, errors, told, disk, save };
}

describe("a queue of saves", () => {
  it("makes one at a time, and of one key only the newest of those that wait", async () => {
    const { queue, done, told, save } = recorded();
    queue.add("a", save("a1"));
    for (const name of ["a2", "a3"]) queue.add("a", save(name));
    queue.add("b", save("b1"));
    expect(told).toEqual([true]);
    await queue.settled();
    expect(done).toEqual(["a1", "a3", "b1"]);
    await Promise.resolve();
    expect(told).toEqual([true, false]);
  });

  it("stays unsaved after a failure, until a newer save of that key or a retry comes through", async () => {
    const { queue, done, errors, told, disk, save } = recorded();
    disk.isFull = true;
    queue.add("a", save("a1"));
    queue.add("b", save("b1"));
    await queue.settled();
    expect(errors).toEqual([new Error("no room for a1"), new Error("no room for b1")]);
    queue.retry();
    await queue.settled();
    expect(errors).toHaveLength(4);
    expect(told).toEqual([true]);
    disk.isFull = false;
    queue.add("a", save("a2"));
    await queue.settled();
    expect(told).toEqual([true]);
    queue.retry();
    await queue.settled();
    expect(done).toEqual(["a2", "b1"]);
    await Promise.resolve();
    expect(told).toEqual([true, false]);
  });

  it("forgets what is no longer wanted", async () => {
    const { queue, done, told, disk, save } = recorded();
    disk.isFull = true;
    queue.add("gone surface", save("gone surface"));
    await queue.settled();
    queue.add("kept", save("kept"));
    queue.add("gone checkpoint", save("gone checkpoint"));
    queue.forget((key) => key.startsWith("gone "));
    disk.isFull = false;
    queue.retry();
    await queue.settled();
    await Promise.resolve();
    expect(done).toEqual(["kept"]);
    expect(told.at(-1)).toBe(false);
  });
});

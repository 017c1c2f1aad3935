/** Who goes on when, on work that goes forward one step at a time at the test's word. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Lanes, type Seat } from "../../src/protocol/lanes.ts";

type Lane = "training" | "evaluation";

/** Lets everything happen that needs nobody's help. */
const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

/** Work in lanes, whose steps are written down; each step waits for the test and then gives way where it can. */
function field() {
  const log: string[] = [];
  const lanes = new Lanes<Lane>(["training"]);
  const steps = new Map<number, () => void>();
  let nextId = 1;
  const start = (name: string, needs: readonly Lane[], count = 3) => {
    const id = nextId++;
    const controller = new AbortController();
    const work = async (seat: Seat) => {
      for (let step = 1; step <= count; step++) {
        await new Promise<void>((resolve) => {
          steps.set(id, resolve);
          controller.signal.addEventListener("abort", () => resolve());
        });
        controller.signal.throwIfAborted();
        log.push(`${name}${step}`);
        await seat.giveWay();
        controller.signal.throwIfAborted();
      }
      return name;
    };
    const result = lanes.run(id, needs, controller.signal, work);
    result.catch(() => {});
    return { id, result, cancel: () => controller.abort(new Error(`${name} was cancelled`)) };
  };
  /** One step of whatever runs. */
  const step = async () => {
    await settle();
    const waiting = lanes.entries.filter(({ turn }) => turn !== "running").map(({ id }) => id);
    for (const [id, go] of steps) if (!waiting.includes(id)) go();
    await settle();
  };
  const turns = () => lanes.entries.map(({ id, turn }) => `${id} ${turn}`);
  return { log, lanes, start, step, turns };
}

describe("lanes", () => {
  test("let the newest go first, and go on with the one before it afterwards", async () => {
    const { log, start, step, turns } = field();
    start("a", ["evaluation"]);
    await step();
    start("b", ["evaluation"], 2);
    await settle();
    expect(turns()).toEqual(["2 waiting", "1 running"]);
    await step();
    expect(turns()).toEqual(["2 running", "1 paused"]);
    for (let i = 0; i < 4; i++) await step();
    expect(log).toEqual(["a1", "a2", "b1", "b2", "a3"]);
    expect(turns()).toEqual([]);
  });

  test("run what needs none, and what needs others, at once", async () => {
    const { start, step, log } = field();
    start("t", ["training"]);
    start("e", ["evaluation"]);
    start("n", []);
    await step();
    expect(log.sort()).toEqual(["e1", "n1", "t1"]);
  });

  test("never take a steady lane away, and hand it on in order of arrival", async () => {
    const { log, start, step } = field();
    for (const name of ["s", "t", "u"]) start(name, ["training"], 2);
    for (let i = 0; i < 6; i++) await step();
    expect(log).toEqual(["s1", "s2", "t1", "t2", "u1", "u2"]);
  });

  test("are not kept for one that cannot have all of its own", async () => {
    const { log, start, step, turns } = field();
    start("t", ["training"], 3);
    start("e", ["evaluation"], 3);
    await step();
    start("b", ["training", "evaluation"], 1);
    await step();
    // The benchmark waits for training, which keeps its lane; the surface goes on meanwhile.
    expect(turns()).toContain("2 running");
    for (let i = 0; i < 4; i++) await step();
    expect(log.at(-1)).toBe("b1");
    expect(log.sort()).toEqual(["b1", "e1", "e2", "e3", "t1", "t2", "t3"]);
  });

  test("are changed by a person: first, or after all others", async () => {
    const { log, lanes, start, step } = field();
    const a = start("a", ["evaluation"], 2);
    await step();
    const b = start("b", ["evaluation"], 2);
    await step();
    lanes.move(a.id, "first");
    await step();
    expect(log).toEqual(["a1", "a2", "b1"]);
    lanes.move(b.id, "last");
    await step();
    expect(log).toEqual(["a1", "a2", "b1", "b2"]);
  });

  test("let go of one that is cancelled while it waits, has given way, or runs", async () => {
    const { log, start, step, turns } = field();
    const [a, b] = [start("a", ["evaluation"]), start("b", ["evaluation"])];
    await settle();
    a.cancel();
    await expect(a.result).rejects.toThrow("a was cancelled");
    const c = start("c", ["evaluation"]);
    await step();
    expect(turns()).toEqual([`${c.id} running`, `${b.id} paused`]);
    b.cancel();
    await expect(b.result).rejects.toThrow("b was cancelled");
    c.cancel();
    await expect(c.result).rejects.toThrow("c was cancelled");
    expect(turns()).toEqual([]);
    expect(log).toEqual(["b1"]);
  });

  test("tell one that waits for its reader that it is wanted", async () => {
    const lanes = new Lanes<Lane>();
    const { signal } = new AbortController();
    const heard: string[] = [];
    const blocked = lanes.run(1, ["evaluation"], signal, async (seat) => {
      await seat.wanted();
      heard.push("wanted");
      await seat.giveWay();
      heard.push("again");
    });
    await settle();
    await lanes.run(2, ["evaluation"], signal, async () => void heard.push("other"));
    await blocked;
    expect(heard).toEqual(["wanted", "other", "again"]);
  });

  test("bring everything to its end, never two in a lane, whatever comes when", async () => {
    const need = fc.constantFrom<readonly Lane[]>([], ["training"], ["evaluation"], ["training", "evaluation"]);
    const arrival = fc.record({
      lanes: need,
      steps: fc.integer({ min: 1, max: 4 }),
      after: fc.integer({ min: 0, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(arrival, { minLength: 1, maxLength: 8 }), async (arrivals) => {
        const { log, lanes, start, step } = field();
        const needs = new Map<number, readonly Lane[]>();
        for (const { lanes: needed, steps, after } of arrivals) {
          const { id } = start(`${needs.size}:`, needed, steps);
          needs.set(id, needed);
          for (let i = 0; i < after; i++) {
            await step();
            const held = lanes.entries
              .filter(({ turn }) => turn === "running")
              .flatMap(({ id: of }) => needs.get(of) ?? []);
            expect(new Set(held).size).toBe(held.length);
          }
        }
        for (let i = 0; i < 80; i++) await step();
        expect(lanes.entries).toEqual([]);
        expect(log.length).toBe(arrivals.reduce((sum, { steps }) => sum + steps, 0));
      }),
      { numRuns: 60 },
    );
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { augmentationDraws, maxShiftPixels } from "../../src/data/augmentation.ts";
import { SubsetError } from "../../src/data/data-error.ts";
import { epochOrder } from "../../src/data/epoch-order.ts";
import { range, shuffle } from "../../src/data/permutation.ts";
import { openRandomStream } from "../../src/data/random.ts";
import { selectSubset } from "../../src/data/subsets.ts";

const seeds = fc.integer({ min: 0, max: 4_294_967_295 });

/** Pearson's χ² of counts against equal expectations. */
function chiSquared(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe("random streams", () => {
  test("are told apart by purpose, seed and each counter", () => {
    const firsts = [
      openRandomStream("subset", 0),
      openRandomStream("epochOrder", 0),
      openRandomStream("epochOrder", 1),
      openRandomStream("epochOrder", 0, 0),
      openRandomStream("epochOrder", 0, 1),
      openRandomStream("epochOrder", 1, 0),
      openRandomStream("epochOrder", 0, 0, 0),
    ].map((stream) => stream.next());
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  test("of neighbouring seeds agree in half of their bits", () => {
    let agreeing = 0;
    for (let seed = 0; seed < 1000; seed++) {
      const difference = openRandomStream("subset", seed).next() ^ openRandomStream("subset", seed + 1).next();
      for (let bit = 0; bit < 32; bit++) if (((difference >>> bit) & 1) === 0) agreeing++;
    }
    // 32,000 fair coins: a standard deviation of 89.
    expect(Math.abs(agreeing - 16_000)).toBeLessThan(450);
  });
});

describe("epoch orders", () => {
  test("are permutations", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), seeds, fc.integer({ min: 0, max: 1000 }), (count, seed, epoch) => {
        expect(epochOrder(count, seed, epoch).sort()).toEqual(range(count));
      }),
    );
  });

  test("repeat, and differ between epochs and seeds", () => {
    expect(epochOrder(100, 7, 3)).toEqual(epochOrder(100, 7, 3));
    expect(epochOrder(100, 7, 3)).not.toEqual(epochOrder(100, 7, 4));
    expect(epochOrder(100, 7, 3)).not.toEqual(epochOrder(100, 8, 3));
  });

  test("and augmentation draws are pinned: if they changed, a run could not be resumed or repeated", () => {
    expect([...epochOrder(10, 2, 0)]).toEqual([4, 1, 0, 5, 2, 3, 7, 9, 8, 6]);
    expect([...augmentationDraws(3, 2, 0)]).toEqual([4, 0, 0, 1, 2, 1, -4, -4, 0]);
  });

  test("are uniform over the permutations of four", () => {
    const counts = new Map<string, number>();
    for (let epoch = 0; epoch < 4800; epoch++) {
      const key = epochOrder(4, 11, epoch).join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    // 23 degrees of freedom: 49.7 is exceeded once in a thousand.
    expect(chiSquared([...counts.values()])).toBeLessThan(49.7);
  });

  test("of a partial shuffle are a prefix of the whole one", () => {
    const whole = shuffle(range(50), openRandomStream("subset", 5));
    const partial = shuffle(range(50), openRandomStream("subset", 5), 20);
    expect(partial.subarray(0, 20)).toEqual(whole.subarray(0, 20));
  });
});

describe("augmentation draws", () => {
  test("lie in their ranges, repeat, and use every value equally often", () => {
    const draws = augmentationDraws(9000, 3, 14);
    const [dy, dx, flip] = [0, 1, 2].map((column) => draws.filter((_, index) => index % 3 === column));
    for (const shifts of [dy, dx]) {
      const counts = Array.from({ length: 9 }, (_, i) => shifts.filter((shift) => shift === i - maxShiftPixels).length);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(9000);
      // 8 degrees of freedom, one in a thousand.
      expect(chiSquared(counts)).toBeLessThan(26.1);
    }
    const flipped = flip.filter((value) => value === 1).length;
    expect(flip.filter((value) => value === 0).length + flipped).toBe(9000);
    expect(Math.abs(flipped - 4500)).toBeLessThan(160);
    expect(augmentationDraws(9000, 3, 14)).toEqual(draws);
    expect(augmentationDraws(9000, 3, 15)).not.toEqual(draws);
  });
});

describe("subsets", () => {
  const classNames = ["a", "b", "c"];
  const examples = fc
    .array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 200 })
    .map((labels) => ({ labels: Uint8Array.from(labels), classNames }));

  test("are distinct, ascending, of the size asked for, and nested", () => {
    fc.assert(
      fc.property(examples, fc.constantFrom("first", "random"), seeds, fc.nat(), (set, select, seed, draw) => {
        const count = 1 + (draw % set.labels.length);
        const chosen = selectSubset(set, { count, select, seed }, "set");
        expect(chosen).toHaveLength(count);
        for (let i = 1; i < count; i++) expect(chosen[i]).toBeGreaterThan(chosen[i - 1]);
        expect(chosen.every((index) => index >= 0 && index < set.labels.length)).toBe(true);
        const smaller = selectSubset(set, { count: Math.ceil(count / 2), select, seed }, "set");
        expect([...smaller].every((index) => chosen.includes(index))).toBe(true);
      }),
    );
  });

  test("when balanced, hold every class equally often, the remainder going to the lowest", () => {
    fc.assert(
      fc.property(examples, seeds, fc.integer({ min: 1, max: 60 }), (set, seed, count) => {
        const sizes = classNames.map((_, label) => set.labels.filter((other) => other === label).length);
        const quotas = classNames.map((_, label) => Math.floor(count / 3) + (label < count % 3 ? 1 : 0));
        const request = { count, select: "balanced" as const, seed };
        if (count > set.labels.length || quotas.some((quota, label) => quota > sizes[label])) {
          expect(() => selectSubset(set, request, "set")).toThrow(SubsetError);
        } else {
          const chosen = selectSubset(set, request, "set");
          expect(classNames.map((_, label) => [...chosen].filter((i) => set.labels[i] === label).length)).toEqual(
            quotas,
          );
          expect(new Set(chosen).size).toBe(count);
        }
      }),
    );
  });

  test("that cannot be had name what can", () => {
    const set = { labels: Uint8Array.of(0, 0, 0, 1, 1, 2, 2, 2), classNames };
    expect(() => selectSubset(set, { count: 9, select: "first", seed: 0 }, "tiny set")).toThrow(
      /tiny set: 9 images were asked for, and there are 8/,
    );
    const balanced = (count: number) => selectSubset(set, { count, select: "balanced", seed: 0 }, "tiny set");
    expect(() => balanced(8)).toThrow(/needs 3 images of class b, and there are 2\. Ask for at most 7/);
    expect(balanced(7)).toHaveLength(7);
  });

  test("without a count are the whole set in order", () =>
    expect(
      selectSubset({ labels: Uint8Array.of(2, 0, 1), classNames }, { select: "balanced", seed: 9 }, "set"),
    ).toEqual(Int32Array.of(0, 1, 2)));
});

/** When a basis is copied to the host. */
import { afterEach, expect, it, vi } from "vitest";
import type { LanczosSnapshot } from "../../src/curvature/solvers/lanczos-options.ts";
import { StoredBasis } from "../../src/jobs/stored-basis.ts";

afterEach(() => vi.restoreAllMocks());

const snapshotAt = (steps: number): LanczosSnapshot => ({
  vectors: [],
  projected: new Float64Array(),
  processed: steps,
  chains: 0,
  chainWeights: [],
  draws: 1,
  products: steps,
  steps,
});

it("is copied every five steps while copying takes less than a twentieth of the time", () => {
  const now = vi.spyOn(performance, "now");
  let clockMs = 0;
  now.mockImplementation(() => clockMs);
  const stored = new StoredBasis(8);
  const copied: number[] = [];
  for (let step = 1; step <= 40; step++) {
    clockMs += 100;
    if (!stored.isDue(step)) continue;
    clockMs += 60;
    stored.take(snapshotAt(step));
    copied.push(step);
  }
  // 60 ms are a twentieth of 1200 ms, two copies one of 2400 ms.
  expect(copied).toEqual([5, 12, 23, 35]);
  expect(stored.snapshot?.products).toBe(35);
});

it("is not copied once it would take more than half a gigabyte", () => {
  const stored = new StoredBasis(2 ** 29 / 10);
  expect(stored.isDue(9)).toBe(true);
  expect(stored.isDue(10)).toBe(false);
});

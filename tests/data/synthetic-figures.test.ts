import { describe, expect, test } from "vitest";
import { figureReach, figures } from "../../src/data/sets/synthetic/figures.ts";

describe.each(Object.entries(figures))("the figure %s", (_, figure) => {
  const steps = 997;
  const points = Array.from({ length: steps }, (_, i) => ((i + 0.5) / steps) * 2 - 1);
  let inside = 0;
  let farthest = 0;
  for (const y of points)
    for (const x of points) {
      if (!figure(x, y)) continue;
      inside++;
      farthest = Math.max(farthest, Math.hypot(x, y));
    }

  test("covers an area of 1", () => expect(inside * (2 / steps) ** 2).toBeCloseTo(1, 2));
  test("stays within the figures' reach", () => expect(farthest).toBeLessThanOrEqual(figureReach));
});

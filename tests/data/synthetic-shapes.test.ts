import { describe, expect, test } from "vitest";
import { shapeReach, shapes } from "../../src/data/sets/synthetic/shapes.ts";

describe.each(Object.entries(shapes))("the shape %s", (_, shape) => {
  const steps = 997;
  const points = Array.from({ length: steps }, (_, i) => ((i + 0.5) / steps) * 2 - 1);
  let inside = 0;
  let farthest = 0;
  for (const y of points)
    for (const x of points) {
      if (!shape(x, y)) continue;
      inside++;
      farthest = Math.max(farthest, Math.hypot(x, y));
    }

  test("covers an area of 1", () => expect(inside * (2 / steps) ** 2).toBeCloseTo(1, 2));
  test("stays within the shapes' reach", () => expect(farthest).toBeLessThanOrEqual(shapeReach));
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { stepNumber } from "../../../src/app/kit/step-number.ts";
import { isInRange } from "../../../src/experiment/number-range.ts";

const rate = { type: "number", exclusiveMinimum: 0, maximum: 100 } as const;
const decay = { type: "number", minimum: 0, maximum: 1 } as const;

test("a difference leaves no digits of binary fractions behind, and stops at the ends", () => {
  expect(stepNumber(0.1, 0.2, 1, decay)).toBe(0.3);
  expect(stepNumber(0.95, 0.1, 1, decay)).toBe(1);
  expect(stepNumber(1, 0.1, 1, decay)).toBe(1);
  expect(stepNumber(0.02, 0.05, -1, rate)).toBe(0.02);
});

test("decades go 1, 2, 5, from wherever they start, and to 0 where it is allowed", () => {
  const up = (from: number, count: number) =>
    Array.from({ length: count }).reduce<number[]>(
      (all) => [...all, stepNumber(all.at(-1)!, "decades", 1, rate)],
      [from],
    );
  expect(up(0.001, 6)).toEqual([0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1]);
  expect(stepNumber(0.03, "decades", -1, rate)).toBe(0.02);
  expect(stepNumber(0, "decades", 1, decay)).toBe(1e-6);
  expect(stepNumber(1e-6, "decades", -1, decay)).toBe(0);
  expect(stepNumber(1e-6, "decades", -1, rate)).toBe(1e-6);
});

test("no step leaves the range or goes the other way", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-9, max: 100, noNaN: true }),
      fc.constantFrom("decades" as const, 0.01, 1),
      fc.constantFrom(1 as const, -1 as const),
      (value, step, direction) => {
        const next = stepNumber(value, step, direction, rate);
        expect(isInRange(next, rate)).toBe(true);
        expect((next - value) * direction).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});

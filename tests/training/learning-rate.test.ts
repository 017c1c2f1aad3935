import { describe, expect, it } from "vitest";
import { learningRateAt, type ScheduleSettings } from "../../src/training/learning-rate.ts";

const settings: ScheduleSettings = {
  learningRate: 2,
  schedule: "constant",
  warmupEpochs: 0,
  stepAt: [0.5, 0.75],
  stepFactor: 0.1,
};
const rates = (changes: Partial<ScheduleSettings>, steps = 8) =>
  Array.from({ length: steps }, (_, step) => learningRateAt({ ...settings, ...changes }, step, steps, 2));

describe("learningRateAt", () => {
  it("stays, steps down, or follows the cosine", () => {
    expect(rates({})).toEqual([2, 2, 2, 2, 2, 2, 2, 2]);
    rates({ schedule: "step" }).forEach((rate, i) => {
      expect(rate).toBeCloseTo([2, 2, 2, 2, 0.2, 0.2, 0.02, 0.02][i], 12);
    });
    const cosine = rates({ schedule: "cosine" });
    expect(cosine[0]).toBe(2);
    expect(cosine[4]).toBeCloseTo(1, 12);
    expect(cosine[7]).toBeCloseTo(1 + Math.cos((7 * Math.PI) / 8), 12);
  });

  it("warms up linearly, then starts the schedule from its top", () => {
    expect(rates({ schedule: "cosine", warmupEpochs: 2 }).slice(0, 5)).toEqual([0.5, 1, 1.5, 2, 2]);
    expect(rates({ schedule: "cosine", warmupEpochs: 100 })[7]).toBe(2);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fewestPoints, isRecorded, recordingPlan } from "../../src/experiment/recording.ts";

const megabyte = 1e6;

describe("the plan of a recording", () => {
  it("takes the interval asked for where its points fit", () => {
    expect(recordingPlan({ everySteps: 20, budgetMegabytes: 128 }, 800, 2.3 * megabyte)).toEqual({
      everySteps: 20,
      points: 41,
      bytes: 41 * 2.3 * megabyte,
    });
    // The last step is a point, whatever the interval.
    expect(recordingPlan({ everySteps: 30, budgetMegabytes: 128 }, 100, megabyte)?.points).toBe(5);
  });

  it("counts the very steps that it records, within the budget, and no smaller interval would do", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 1, max: 60 }),
        (everySteps, steps, fitting) => {
          const plan = recordingPlan({ everySteps, budgetMegabytes: fitting + 0.5 }, steps, megabyte);
          const pointsOf = (every: number) =>
            Array.from({ length: steps + 1 }, (_, step) => step).filter((step) =>
              isRecorded({ everySteps: every, points: 0, bytes: 0 }, step, steps),
            ).length;
          const intervals = Array.from({ length: 400 }, (_, k) => k + 1).filter(
            (every) => every >= Math.min(everySteps, steps),
          );
          const least = intervals.find((every) => pointsOf(every) <= fitting);
          if (least === undefined || pointsOf(least) < fewestPoints) expect(plan).toBeNull();
          else expect(plan).toMatchObject({ everySteps: least, points: pointsOf(least) });
        },
      ),
    );
  });

  it("is of 200 points at most, whatever the memory", () => {
    expect(recordingPlan({ everySteps: 1, budgetMegabytes: 128 }, 10_000, 8)).toEqual({
      everySteps: 51,
      points: 198,
      bytes: 198 * 8,
    });
  });

  it("is none where fewer than three points fit, or the run is too short", () => {
    expect(recordingPlan({ everySteps: 1, budgetMegabytes: 4 }, 100, 2 * megabyte)).toBeNull();
    expect(recordingPlan({ everySteps: 1, budgetMegabytes: 4 }, 1, 1)).toBeNull();
  });
});

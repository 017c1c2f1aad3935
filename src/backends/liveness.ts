/** When the values of a schedule are needed for the last time. */
import type { Value } from "../tensor/program.ts";

/** For each step of `schedule`, the values that no later step reads; values in `kept` never appear. */
export function lastUses(schedule: readonly Value[], kept: Iterable<Value>): Value[][] {
  const seen = new Set(kept);
  const dead: Value[][] = schedule.map(() => []);
  for (let step = schedule.length - 1; step >= 0; step--) {
    for (const value of [schedule[step], ...schedule[step].operands]) {
      if (seen.has(value)) continue;
      seen.add(value);
      dead[step].push(value);
    }
  }
  return dead;
}

/** The most bytes that results of the schedule hold at once, each from its step to where `dead` says. */
export function peakLiveBytes(
  schedule: readonly Value[],
  dead: readonly (readonly Value[])[],
  bytesOf: (value: Value) => number,
): number {
  const computed = new Set(schedule);
  let live = 0;
  let peak = 0;
  schedule.forEach((value, step) => {
    live += bytesOf(value);
    peak = Math.max(peak, live);
    for (const gone of dead[step]) if (computed.has(gone)) live -= bytesOf(gone);
  });
  return peak;
}

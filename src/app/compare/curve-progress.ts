/** How far the training of a curve and the measurements after it are. */
import type { CurveSubject } from "../stores/compare/curve.ts";
import type { CompareJobState } from "../stores/compare/job.ts";

export interface CurveProgress {
  readonly phase: "waiting" | "training" | "measuring the curve" | "measuring the straight line";
  readonly done: number;
  readonly total: number;
  /** Seconds left of this phase; NaN while nobody can tell. */
  readonly secondsLeft: number;
}

type Training = Pick<CompareJobState<"curve", CurveSubject>, "status" | "events" | "elapsedMs" | "subject">;
type Chord = Pick<CompareJobState<"line", CurveSubject, unknown>, "status" | "events" | "elapsedMs">;

/** Null where nothing goes on. */
export function curveProgress(training: Training, chord: Chord): CurveProgress | null {
  const points = training.subject?.points ?? 0;
  if (chord.status === "running")
    return progress("measuring the straight line", chord.events.length, points, chord.elapsedMs, 1);
  if (training.status !== "running") return null;
  const measured = training.events.filter(({ kind }) => kind === "point").length;
  if (measured > 0) return { phase: "measuring the curve", done: measured, total: points, secondsLeft: Number.NaN };
  const [first, last] = [training.events[0], training.events.at(-1)];
  if (first?.kind !== "steps" || last?.kind !== "steps")
    return { phase: "waiting", done: 0, total: 1, secondsLeft: Number.NaN };
  const done = last.firstStep + last.batchLosses.length;
  return progress("training", done, last.steps, training.elapsedMs, first.batchLosses.length);
}

/** `atFirst`: how much was done with the first event, when the clock began. */
function progress(
  phase: CurveProgress["phase"],
  done: number,
  total: number,
  elapsedMs: number,
  atFirst: number,
): CurveProgress {
  const perSecond = (done - atFirst) / (elapsedMs / 1000);
  return { phase, done, total, secondsLeft: perSecond > 0 ? (total - done) / perSecond : Number.NaN };
}

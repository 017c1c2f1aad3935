/** What is measured along the line between two models so far, as series to draw. */
import type { ModelLine, PathFigures } from "../../experiment/comparison.ts";
import type { JobEvent } from "../../jobs/jobs.ts";
import type { DataTable } from "../spectrum/data-table.ts";

export const splits = ["train", "test"] as const;
export type Split = (typeof splits)[number];

export interface PathSeries {
  /** From 0, the first model, to 1, the second. */
  readonly t: readonly number[];
  readonly loss: Readonly<Record<Split, readonly number[]>>;
  readonly accuracy: Readonly<Record<Split, readonly number[]>>;
}

export interface LineSeries {
  readonly raw: PathSeries;
  /** To the second model after matching; empty until it is measured. */
  readonly matched: PathSeries;
}

export function seriesOf(events: readonly JobEvent<"line">[], result: ModelLine | null): LineSeries {
  if (result)
    return { raw: wholeSeries(result.raw), matched: result.matched ? wholeSeries(result.matched.figures) : empty };
  const along = (path: "raw" | "matched"): PathSeries => {
    const points = events
      .flatMap((event) => (event.kind === "point" && event.path === path ? [event] : []))
      .sort((a, b) => a.t - b.t);
    const column = (split: Split, figure: "loss" | "accuracy") => points.map((point) => point[split][figure]);
    return {
      t: points.map(({ t }) => t),
      loss: { train: column("train", "loss"), test: column("test", "loss") },
      accuracy: { train: column("train", "accuracy"), test: column("test", "accuracy") },
    };
  };
  return { raw: along("raw"), matched: along("matched") };
}

const none: Readonly<Record<Split, readonly number[]>> = { train: [], test: [] };
const empty: PathSeries = { t: [], loss: none, accuracy: none };

function wholeSeries({ t, train, test }: PathFigures): PathSeries {
  return {
    t: Array.from(t),
    loss: { train: Array.from(train.loss), test: Array.from(test.loss) },
    accuracy: { train: Array.from(train.accuracy), test: Array.from(test.accuracy) },
  };
}

export function lineTable({ raw, matched }: LineSeries): DataTable {
  const at = (values: readonly number[], index: number) => values[index] ?? Number.NaN;
  return {
    columns: [
      { key: "t", title: "t" },
      { key: "trainLoss", title: "Loss, train" },
      { key: "testLoss", title: "Loss, test" },
      { key: "trainAccuracy", title: "Accuracy, train" },
      { key: "testAccuracy", title: "Accuracy, test" },
      { key: "matchedTrainLoss", title: "Matched: loss, train" },
      { key: "matchedTestLoss", title: "Matched: loss, test" },
      { key: "matchedTrainAccuracy", title: "Matched: accuracy, train" },
      { key: "matchedTestAccuracy", title: "Matched: accuracy, test" },
    ],
    rows: raw.t.map((t, index) => [
      t,
      ...[raw, matched].flatMap(({ loss, accuracy }) => [
        at(loss.train, index),
        at(loss.test, index),
        at(accuracy.train, index),
        at(accuracy.test, index),
      ]),
    ]),
  };
}

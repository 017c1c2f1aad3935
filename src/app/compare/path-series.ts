/** What is measured along paths between two models so far, as series to draw and as a table. */
import type { Barrier, ModelCurve, PathMetrics } from "../../experiment/comparison.ts";
import type { LineMetrics } from "../../experiment/storage/stored-comparisons.ts";
import type { PathPointEvent } from "../../jobs/comparison-jobs.ts";
import type { DataTable } from "../chart/data-table.ts";

export const splits = ["train", "test"] as const;
export type Split = (typeof splits)[number];

export interface PathSeries {
  /** Places on the path, from 0, the first model, to 1, the second. */
  readonly t: readonly number[];
  readonly loss: Readonly<Record<Split, readonly number[]>>;
  readonly accuracy: Readonly<Record<Split, readonly number[]>>;
}

export interface DrawnPath {
  readonly series: PathSeries;
  /** Barrier of the training loss; null until the path is whole. */
  readonly barrier: Barrier | null;
}

type PathName = PathPointEvent["path"];
type PathEvent = PathPointEvent | { readonly kind: "layer" | "steps" };

/** Two paths: raw and matched, of which the second is empty until it is measured. */
export function drawnLine(
  events: readonly PathEvent[],
  result: LineMetrics | null,
): { readonly raw: DrawnPath; readonly matched: DrawnPath } {
  return {
    raw: drawnPath("raw", events, result?.raw ?? null),
    matched: drawnPath("matched", events, result?.matched?.figures ?? null),
  };
}

export const drawnCurve = (events: readonly PathEvent[], result: ModelCurve | null): DrawnPath =>
  drawnPath("curve", events, result?.figures ?? null);

/** The path as it is when it is whole, or its points so far. */
function drawnPath(name: PathName, events: readonly PathEvent[], metrics: PathMetrics | null): DrawnPath {
  return metrics
    ? { series: wholeSeries(metrics), barrier: metrics.train.barrier }
    : { series: seriesSoFar(name, events), barrier: null };
}

function seriesSoFar(name: PathName, events: readonly PathEvent[]): PathSeries {
  const points = events
    .flatMap((event) => (event.kind === "point" && event.path === name ? [event] : []))
    .sort((a, b) => a.t - b.t);
  const column = (split: Split, figure: "loss" | "accuracy") => points.map((point) => point[split][figure]);
  return {
    t: points.map(({ t }) => t),
    loss: { train: column("train", "loss"), test: column("test", "loss") },
    accuracy: { train: column("train", "accuracy"), test: column("test", "accuracy") },
  };
}

function wholeSeries({ t, train, test }: PathMetrics): PathSeries {
  return {
    t: Array.from(t),
    loss: { train: Array.from(train.loss), test: Array.from(test.loss) },
    accuracy: { train: Array.from(train.accuracy), test: Array.from(test.accuracy) },
  };
}

const figureColumns = [
  { key: "TrainLoss", title: "loss, train", of: ({ loss }: PathSeries) => loss.train },
  { key: "TestLoss", title: "loss, test", of: ({ loss }: PathSeries) => loss.test },
  { key: "TrainAccuracy", title: "accuracy, train", of: ({ accuracy }: PathSeries) => accuracy.train },
  { key: "TestAccuracy", title: "accuracy, test", of: ({ accuracy }: PathSeries) => accuracy.test },
] as const;

export interface NamedSeries {
  /** Heads the columns of a CSV. */
  readonly key: string;
  readonly title: string;
  readonly series: PathSeries;
}

/** A row for every t of any of them; a path without a point there has empty cells. */
export function pathTable(paths: readonly NamedSeries[]): DataTable {
  const ts = [...new Set(paths.flatMap(({ series }) => series.t))].sort((a, b) => a - b);
  return {
    columns: [
      { key: "t", title: "t" },
      ...paths.flatMap(({ key, title }) =>
        figureColumns.map((column) => ({ key: `${key}${column.key}`, title: `${title}: ${column.title}` })),
      ),
    ],
    rows: ts.map((t) => [
      t,
      ...paths.flatMap(({ series }) => {
        const index = series.t.indexOf(t);
        return figureColumns.map(({ of }) => (index < 0 ? null : of(series)[index]));
      }),
    ]),
  };
}

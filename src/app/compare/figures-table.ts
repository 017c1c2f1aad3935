/** The compared runs' figures as a table: on the page and as CSV. A figure that is not known is not a number. */

import type { DataTable } from "../spectrum/data-table.ts";
import type { RunCurvature } from "../stores/compare-curvature.ts";
import type { LoadedRun } from "../stores/compare-runs.ts";

export const figureColumns = [
  { key: "run", title: "Run" },
  { key: "trainLoss", title: "Loss, train" },
  { key: "testLoss", title: "Loss, test" },
  { key: "trainAccuracy", title: "Accuracy, train" },
  { key: "testAccuracy", title: "Accuracy, test" },
  { key: "lambdaMax", title: "λmax" },
  { key: "trace", title: "Trace" },
  { key: "norm", title: "‖θ‖" },
  { key: "fromInitialization", title: "‖θ − θ₀‖" },
] as const;

export interface FiguresRow {
  readonly title: string;
  readonly run: LoadedRun | null;
  readonly curvature: RunCurvature | null;
  /** ‖θ − θ₀‖; null until it is measured. */
  readonly fromInitialization: number | null;
}

export function figuresTable(rows: readonly FiguresRow[]): DataTable {
  return {
    columns: figureColumns,
    rows: rows.map(({ title, run, curvature, fromInitialization }) => {
      const last = run?.record.epochs.at(-1);
      return [
        title,
        last?.trainLoss ?? Number.NaN,
        last?.testLoss ?? Number.NaN,
        last?.trainAccuracy ?? Number.NaN,
        last?.testAccuracy ?? Number.NaN,
        curvature?.lambdaMax ?? Number.NaN,
        curvature?.trace ?? Number.NaN,
        run?.norm ?? Number.NaN,
        fromInitialization ?? Number.NaN,
      ];
    }),
  };
}

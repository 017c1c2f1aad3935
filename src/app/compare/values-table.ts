/** The compared runs' values as a table: on the page and as CSV. A value that is not known is not a number. */
import type { DataTable } from "../chart/data-table.ts";
import type { RunCurvature } from "../stores/compare/curvature.ts";
import type { LoadedRun } from "../stores/compare/runs.ts";

export interface ValuesRow {
  readonly title: string;
  readonly run: LoadedRun | null;
  readonly curvature: RunCurvature | null;
  /** ‖θ − θ₀‖; null until it is measured. */
  readonly fromInitialization: number | null;
}

interface ValueColumn {
  readonly key: string;
  readonly title: string;
  readonly unit?: "percent";
  /** Measured on demand. */
  readonly isCurvature?: boolean;
  readonly value: (row: ValuesRow) => number | null | undefined;
  /** Standard error; absent where a value has none. */
  readonly error?: (row: ValuesRow) => number | null | undefined;
}

const last = ({ run }: ValuesRow) => run?.record.epochs.at(-1);

export const valueColumns: readonly ValueColumn[] = [
  { key: "trainLoss", title: "Loss, train", value: (row) => last(row)?.trainLoss },
  { key: "testLoss", title: "Loss, test", value: (row) => last(row)?.testLoss },
  { key: "trainAccuracy", title: "Accuracy, train", unit: "percent", value: (row) => last(row)?.trainAccuracy },
  { key: "testAccuracy", title: "Accuracy, test", unit: "percent", value: (row) => last(row)?.testAccuracy },
  { key: "lambdaMax", title: "λmax", isCurvature: true, value: ({ curvature }) => curvature?.lambdaMax },
  {
    key: "trace",
    title: "Trace",
    isCurvature: true,
    value: ({ curvature }) => curvature?.trace,
    error: ({ curvature }) => curvature?.traceError,
  },
  {
    key: "averageSharpness",
    title: "Sharpness, average",
    isCurvature: true,
    value: ({ curvature }) => curvature?.sharpness?.average.value,
    error: ({ curvature }) => curvature?.sharpness?.average.standardError,
  },
  {
    key: "worstSharpness",
    title: "Sharpness, worst",
    isCurvature: true,
    value: ({ curvature }) => curvature?.sharpness?.worst.value,
  },
  { key: "norm", title: "‖θ‖", value: ({ run }) => run?.norm },
  { key: "fromInitialization", title: "‖θ − θ₀‖", value: ({ fromInitialization }) => fromInitialization },
];

export interface ValueCell {
  readonly column: ValueColumn;
  readonly value: number;
  readonly error: number;
}

/** Cells of a row, in the order of the columns. */
export const valueCells = (row: ValuesRow): ValueCell[] =>
  valueColumns.map((column) => ({
    column,
    value: column.value(row) ?? Number.NaN,
    error: column.error?.(row) ?? Number.NaN,
  }));

/** Every value and standard error in a column of its own. */
export function valuesTable(rows: readonly ValuesRow[]): DataTable {
  return {
    columns: [
      { key: "run", title: "Run" },
      ...valueColumns.flatMap(({ key, title, error }) => [
        { key, title },
        ...(error ? [{ key: `${key}Error`, title: `${title}, standard error` }] : []),
      ]),
    ],
    rows: rows.map((row) => [
      row.title,
      ...valueColumns.flatMap(({ value, error }) =>
        [value(row), ...(error ? [error(row)] : [])].map((cell) => cell ?? null),
      ),
    ]),
  };
}

/** Values of a figure as a table: what is exported as CSV, and what is read where the picture is not seen. */
import { formatTable } from "../../experiment/csv.ts";
import { formatCount, formatValue } from "../kit/format.ts";

/** Null is a value that is not there, as in a file. */
export type Cell = number | string | null;

export interface DataTable {
  /** `key` heads the CSV's column, `title` the page's. */
  readonly columns: readonly { readonly key: string; readonly title: string }[];
  readonly rows: readonly (readonly Cell[])[];
}

export const toCsv = ({ columns, rows }: DataTable): string =>
  formatTable(
    columns.map(({ key }) => key),
    rows,
  );

/** A cell for people. */
export function showCell(cell: Cell): string {
  if (typeof cell === "string") return cell;
  if (cell === null || Number.isNaN(cell)) return "–";
  return Number.isInteger(cell) && Math.abs(cell) < 1e9 ? formatCount(cell) : formatValue(cell);
}

/** Values of a figure as a table: what is exported as CSV, and what is read where the picture is not seen. */
import { formatCount, formatValue } from "../kit/format.ts";

export type Cell = number | string;

export interface DataTable {
  /** `key` heads the CSV's column, `title` the page's. */
  readonly columns: readonly { readonly key: string; readonly title: string }[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Numbers in full, texts quoted where they must be. Not-a-number is an empty field. */
export function toCsv({ columns, rows }: DataTable): string {
  const field = (cell: Cell) => (typeof cell === "number" ? (Number.isNaN(cell) ? "" : String(cell)) : quoted(cell));
  return [columns.map(({ key }) => key), ...rows.map((row) => row.map(field))]
    .map((fields) => `${fields.join(",")}\n`)
    .join("");
}

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A cell for people. */
export function showCell(cell: Cell): string {
  if (typeof cell === "string") return cell;
  if (Number.isNaN(cell)) return "–";
  return Number.isInteger(cell) && Math.abs(cell) < 1e9 ? formatCount(cell) : formatValue(cell);
}

/**
 * Tables of numbers and names as CSV: a header of fixed names, then a line for each row; `inf`, `-inf` and `nan` as NumPy
 * and pandas read them.
 */
import { ResultFileError } from "./experiment-error.ts";
import { parseDecimal } from "./surface-texts.ts";

type Cell = number | string | null;

/** "" for null: a value that is not there. */
export function formatTable(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = rows.map((row) => row.map(formatCell).join(","));
  return `${[columns.map(formatCell).join(","), ...lines].join("\n")}\n`;
}

function formatCell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "string") return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  if (Number.isFinite(value)) return Object.is(value, -0) ? "-0" : String(value);
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

/** Rows of as many numbers as there are columns. `where` names the file. Throws ResultFileError, which names the line. */
export function parseTable(text: string, columns: readonly string[], where: string): number[][] {
  const [header, ...lines] = text.replace(/\r?\n$/, "").split(/\r?\n/);
  if (header !== columns.join(","))
    throw new ResultFileError({
      where: `${where}, line 1`,
      what: `The columns are "${header.slice(0, 200)}".`,
      remedy: `They should be "${columns.join(",")}".`,
    });
  return lines.map((line, index) => {
    const row = line.split(",").map(parseCell);
    if (row.length === columns.length && row.every((value) => value !== null)) return row;
    throw new ResultFileError({
      where: `${where}, line ${index + 2}`,
      what: `It reads "${line.slice(0, 200)}".`,
      remedy: `It should hold ${columns.length} numbers, joined by commas.`,
    });
  });
}

const words = new Map([
  ["inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
  ["nan", Number.NaN],
]);

function parseCell(text: string): number | null {
  return words.get(text) ?? parseDecimal(text);
}

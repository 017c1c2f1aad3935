/** Medians, and tables for a terminal. */

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Three significant digits, without an exponent. */
export const figure = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();

export const megabytes = (bytes: number): string => `${figure(bytes / 1e6)} MB`;

/** Prints rows under headings; the first column is flush left, the others right. */
export function printTable(title: string, headings: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const format = (line: readonly string[]) =>
    line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  ");
  const [head, ...body] = lines.map(format);
  console.log(`\n${title}\n${head}\n${"─".repeat(head.length)}\n${body.join("\n")}`);
}

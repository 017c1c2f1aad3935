/** Measures of flatness as files. Numbers that JSON can't hold are null; what a line of the table has no value for is empty. */
import { formatTable } from "./csv.ts";
import type { SharpnessEstimate, SharpnessResult } from "./sharpness.ts";

/** `sharpness.json`: the loss at the weights, and every measure with its error. */
export const sharpnessToJson = ({ status, loss, figures, report }: SharpnessResult): string =>
  `${JSON.stringify({ format: "basin-sharpness", version: 1, status, loss, figures, report }, null, 2)}\n`;

/** `sharpness.csv`: a line for each measure, in the order asked for. */
export const sharpnessToCsv = (estimates: readonly SharpnessEstimate[]): string =>
  formatTable(
    ["kind", "radius", "value", "standardError", "done", "status"],
    estimates.map(({ kind, radius, value, standardError, done, status }) => [
      kind,
      radius,
      value,
      standardError,
      done,
      status,
    ]),
  );

/** Spectra of subsets as files. Numbers that JSON can't hold are null; what a line of the table has no value for is empty. */
import { formatTable } from "./csv.ts";
import type { SubsetExperiment } from "./curvature.ts";
import { eigenvalueCells, eigenvalueColumns } from "./eigenvalue-columns.ts";

/** `subsets.json`: the full set first, then every sample with its eigenvalues and its overlap with the full set. */
export function subsetsToJson({ status, tolerance, top, samples, report }: SubsetExperiment): string {
  const plain = samples.map(({ eigenvalues, residuals, ...sample }) => ({
    ...sample,
    eigenvalues: [...eigenvalues],
    residuals: [...residuals],
  }));
  const document = { format: "basin-subsets", version: 1, status, tolerance, top, samples: plain, report };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** `subsets.csv`: a line for each sample, the full set first. */
export function subsetsToCsv({ samples, top }: SubsetExperiment): string {
  const rows = samples.map(({ kind, size, draw, overlap, eigenvalues }) => [
    kind,
    size,
    draw,
    overlap,
    ...eigenvalueCells(eigenvalues, top),
  ]);
  return formatTable(["kind", "size", "draw", "overlap", ...eigenvalueColumns(top)], rows);
}

/** Curvature of layers as files. Numbers that JSON can't hold are null; what a line of the table has no value for is empty. */
import { formatTable } from "./csv.ts";
import type { LayerwiseCurvature } from "./curvature.ts";
import { eigenvalueCells, eigenvalueColumns } from "./eigenvalue-columns.ts";

/** `layers.json`: every layer's eigenvalues with their residuals, trace and norm with their standard errors. */
export function layersToJson({ status, tolerance, layers, report }: LayerwiseCurvature): string {
  const plain = layers.map(({ eigenvalues, residuals, ...layer }) => ({
    ...layer,
    eigenvalues: [...eigenvalues],
    residuals: [...residuals],
  }));
  return `${JSON.stringify({ format: "basin-layers", version: 1, status, tolerance, layers: plain, report }, null, 2)}\n`;
}

/** `layers.csv`: a line for each layer, in the model's order. */
export function layersToCsv(layers: LayerwiseCurvature["layers"]): string {
  const most = Math.max(0, ...layers.map(({ eigenvalues }) => eigenvalues.length));
  const estimates = ["trace", "traceError", "frobeniusNorm", "frobeniusNormError"];
  const rows = layers.map(({ name, dimension, trace, frobeniusNorm, eigenvalues, residuals, products, status }) => [
    name,
    dimension,
    ...[trace.mean, trace.standardError, frobeniusNorm.mean, frobeniusNorm.standardError],
    ...eigenvalueCells(eigenvalues, most),
    ...eigenvalueCells(residuals, most),
    products,
    status,
  ]);
  const residualColumns = eigenvalueColumns(most).map((_, index) => `residual${index + 1}`);
  const columns = ["layer", "dimension", ...estimates, ...eigenvalueColumns(most), ...residualColumns];
  return formatTable([...columns, "products", "status"], rows);
}

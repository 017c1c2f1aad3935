/**
 * A surface as files. `surface.npz` holds the exact values, `surface.json` says how they came about and repeats them for
 * readers without NumPy, the CSV has one line for each point. Grids are row-major with beta the slow axis; of a line
 * (no second direction) the arrays are one-dimensional. Strings and bytes only: no file system.
 */
import { z } from "zod";
import { formatTable } from "./csv.ts";
import { ResultFileError } from "./experiment-error.ts";
import type { NumpyArray } from "./numpy/npy.ts";
import { readNpz, writeNpz } from "./numpy/npz.ts";
import { parseSpec } from "./parse-spec.ts";
import { batchNormModes, type Surface, type SurfaceReport, type SurfaceValues } from "./surface.ts";
import { findMinimum } from "./surface-minimum.ts";
import { surfaceViewSchema } from "./surface-view.ts";

const format = "basin-surface";
const version = 1;

const reportSchema = z.object({
  spec: z.unknown(),
  request: surfaceViewSchema.extend({
    x: z.string(),
    y: z.string().nullable(),
    batchNorm: z.enum([...batchNormModes, "interpolated"]),
  }),
  examples: z.int().min(1),
  microBatches: z.array(z.int().min(1)),
  cosine: z.number().nullable(),
  directionNorms: z.array(z.number()),
  eigenvalues: z.array(z.number().nullable()).optional(),
  backend: z.string(),
  status: z.enum(["complete", "cancelled"]),
  evaluations: z.int().min(0),
  elapsedMs: z.number().min(0),
});
const documentSchema = z.object({ format: z.literal(format), version: z.literal(version), report: z.unknown() });

/** The report as checked data, from JSON of this or another store. Throws what is wrong as an Error. */
export function parseReport(value: unknown): SurfaceReport {
  const report = reportSchema.parse(value);
  return { ...report, spec: parseSpec(report.spec) };
}

/** What a file of a surface holds besides: values at its points, and whatever else belongs to it, by name. */
export interface SurfaceAdditions {
  readonly grids: Readonly<Record<string, Float64Array>>;
  /** JSON only. */
  readonly documents: Readonly<Record<string, unknown>>;
}

const noAdditions: SurfaceAdditions = { grids: {}, documents: {} };

/**
 * `surface.json`. A value that JSON can't hold (infinite, or not a number) is null, like one that isn't measured;
 * `measured` tells them apart.
 */
export function surfaceToJson({ values, report }: Surface, { grids, documents } = noAdditions): string {
  const isLine = report.request.y === null;
  const grid = (data: Float64Array | Uint8Array) => formatGrid(data, values.columns, isLine);
  const entries = [
    ["format", JSON.stringify(format)],
    ["version", String(version)],
    ["status", JSON.stringify(report.status)],
    ["minimum", JSON.stringify(findMinimum(values))],
    ["report", JSON.stringify(report, null, 2).replaceAll("\n", "\n  ")],
    ["alpha", formatNumbers(values.alpha)],
    ["beta", isLine ? "null" : formatNumbers(values.beta)],
    ["loss", grid(values.loss)],
    ["lossError", grid(values.lossError)],
    ["accuracy", grid(values.accuracy)],
    ["measured", grid(values.measured)],
    ...Object.entries(grids).map(([name, data]) => [name, grid(data)]),
    ...Object.entries(documents).map(([name, document]) => [name, JSON.stringify(document)]),
  ];
  return `{\n${entries.map(([key, text]) => `  "${key}": ${text}`).join(",\n")}\n}\n`;
}

/** One line of text for each row of the grid. JSON.stringify writes null for what is not finite. */
function formatGrid(data: Float64Array | Uint8Array, columns: number, isLine: boolean): string {
  if (isLine) return formatNumbers(data);
  const rows = Array.from({ length: data.length / columns }, (_, row) =>
    formatNumbers(data.subarray(row * columns, (row + 1) * columns)),
  );
  return `[\n    ${rows.join(",\n    ")}\n  ]`;
}

const formatNumbers = (data: Float64Array | Uint8Array) => JSON.stringify(Array.from(data));

/** `surface.npz`: alpha, beta, loss, lossError, accuracy, measured, and whatever else belongs to it under its own name. */
export function surfaceToNpz(
  { values, report }: Surface,
  additions: Readonly<Record<string, NumpyArray>> = {},
): Uint8Array<ArrayBuffer> {
  const { columns, rows, alpha, beta, loss, lossError, accuracy, measured } = values;
  const shape = report.request.y === null ? [columns] : [rows, columns];
  return writeNpz({
    alpha: { shape: [columns], data: alpha },
    beta: { shape: [rows], data: beta },
    loss: { shape, data: loss },
    lossError: { shape, data: lossError },
    accuracy: { shape, data: accuracy },
    measured: { shape, data: measured },
    ...additions,
  });
}

/** One line for each point, beta the slow axis; points not measured have empty values. */
export function surfaceToCsv({ values }: Surface, { grids } = noAdditions): string {
  const { columns, alpha, beta, loss, lossError, accuracy, measured } = values;
  const rows = Array.from(loss, (_, cell) => {
    const metrics = [loss[cell], lossError[cell], accuracy[cell]];
    const point = [alpha[cell % columns], beta[Math.floor(cell / columns)]];
    const added = Object.values(grids).map((data) => data[cell]);
    return [...point, ...metrics.map((value) => (measured[cell] ? value : null)), ...added];
  });
  return formatTable(["alpha", "beta", "loss", "lossError", "accuracy", ...Object.keys(grids)], rows);
}

/** The surface of a surface.json and the surface.npz beside it. Throws ResultFileError or NumpyFormatError. */
export function surfaceFromFiles(json: string, npz: Uint8Array): Surface {
  return { report: readReport(json), values: readValues(npz) };
}

function readReport(json: string): SurfaceReport {
  try {
    return parseReport(documentSchema.parse(JSON.parse(json)).report);
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new ResultFileError(
      { where: "surface.json", what: `It can't be read: ${reason}.`, remedy: "Make the surface again." },
      error,
    );
  }
}

function readValues(npz: Uint8Array): SurfaceValues {
  const where = "surface.npz";
  const arrays: Readonly<Record<string, NumpyArray | undefined>> = readNpz(npz, where);
  const take = <Data extends Float64Array | Uint8Array>(
    name: string,
    type: { new (): Data },
    length: number | null,
  ): Data => {
    const data = arrays[name]?.data;
    if (data instanceof type && (length === null || data.length === length)) return data;
    const found = data ? `${data.length} values as ${data.constructor.name}` : "nothing";
    throw new ResultFileError({
      where: `${where}, ${name}`,
      what: `It holds ${found}.`,
      remedy: `It should hold ${length ?? "the grid's"} values as ${type.name}: make the surface again.`,
    });
  };
  const alpha = take("alpha", Float64Array, null);
  const beta = take("beta", Float64Array, null);
  const cells = alpha.length * beta.length;
  return {
    columns: alpha.length,
    rows: beta.length,
    alpha,
    beta,
    loss: take("loss", Float64Array, cells),
    lossError: take("lossError", Float64Array, cells),
    accuracy: take("accuracy", Float64Array, cells),
    measured: take("measured", Uint8Array, cells),
  };
}

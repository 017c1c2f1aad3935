/** How a measurement on a checkpoint is kept: what one record has to say, and the parts that their schemas share. */
import { z } from "zod";
import { spectrumStatuses } from "../curvature.ts";

export interface KeptMeasurement<Result> {
  /** Checks what was read, arrays as arrays. */
  readonly schema: z.ZodType<Result>;
  /** The document of a run's folder, ID.json; its format is basin-ID. */
  toJson(result: Result): string;
  /** The names under which the document holds float64 arrays as lists. */
  readonly arrays: readonly string[];
  /** The document's members as the schema has them, where that is more than its arrays. */
  fromDocument?(document: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /** Vectors of the parameters' layout, which the document leaves to a file of safetensors, one leading axis for all. */
  readonly vectors?: { readonly file: string; of(result: Result): readonly Float32Array[] };
  /** What the command line writes beside the document, by file name: tables, archives of arrays. */
  readonly tables?: Readonly<Record<string, (result: Result) => string | Uint8Array>>;
}

/** Files write what is not a number as null. */
export const measuredNumber = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
export const mean = z.object({ mean: measuredNumber, standardError: measuredNumber });
export const count = z.int().min(0);
export const probeStatus = z.enum(["complete", "cancelled", "non-finite"]);
export const float64 = z.instanceof(Float64Array<ArrayBuffer>);
/** Members that every solve for eigenpairs has. */
export const pairs = {
  eigenvalues: float64,
  residuals: float64,
  status: z.enum(spectrumStatuses),
  products: count,
};

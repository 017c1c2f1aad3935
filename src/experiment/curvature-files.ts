/**
 * Curvature results as JSON documents. Vectors are kept apart, in safetensors. Numbers that JSON can't hold are null.
 */
import { z } from "zod";
import type { SpectralDensity, Spectrum } from "./curvature.ts";
import { curvatureBatchNormModes, curvatureKinds, spectrumStatuses } from "./curvature.ts";
import { ResultFileError } from "./experiment-error.ts";
import { parseSpec } from "./parse-spec.ts";
import type { SolveHistory } from "./solve-history.ts";
import { surfaceSubsets } from "./surface.ts";

const version = 1;

export const curvatureReportSchema = z.object({
  spec: z.unknown().transform((spec) => parseSpec(spec)),
  request: z.object({
    operator: z.enum(curvatureKinds),
    subset: z.enum(surfaceSubsets),
    batchNorm: z.enum(curvatureBatchNormModes),
    parameters: z.array(z.string()).min(1),
    filterScaled: z.boolean(),
    seed: z.int().min(0),
  }),
  dimension: z.int().min(1),
  examples: z.int().min(1),
  microBatches: z.array(z.int().min(1)),
  flopPerProduct: z.number().min(0),
  backend: z.string(),
  elapsedMs: z.number().min(0),
});

const spectrumSchema = z.object({
  format: z.literal("basin-spectrum"),
  version: z.literal(version),
  status: z.enum(spectrumStatuses),
  products: z.int().min(0),
  tolerance: z.number().gt(0),
  top: z.int().min(0),
  eigenvalues: z.array(z.number()),
  residuals: z.array(z.number().nullable()),
  report: curvatureReportSchema,
});

const print = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

/** `spectrum.json`: everything but the vectors. */
export const spectrumToJson = ({
  status,
  products,
  tolerance,
  top,
  eigenvalues,
  residuals,
  history,
  report,
}: Spectrum): string =>
  print({
    format: "basin-spectrum",
    version,
    status,
    products,
    tolerance,
    top,
    eigenvalues: [...eigenvalues],
    residuals: [...residuals],
    ...(history && { history: listsOf(history) }),
    report,
  });

const listsOf = (history: SolveHistory) =>
  Object.fromEntries(Object.entries(history).map(([name, values]: [string, Float64Array]) => [name, [...values]]));

/** `density.json`: the quadrature of every probe, from which a density at any width is drawn. */
export const densityToJson = ({ status, products, runs, report }: SpectralDensity): string =>
  print({
    format: "basin-density",
    version,
    status,
    products,
    runs: runs.map(({ nodes, weights }) => ({ nodes: [...nodes], weights: [...weights] })),
    report,
  });

/** The spectrum of a spectrum.json, without its vectors. Throws ResultFileError. */
export function spectrumFromJson(json: string): Omit<Spectrum, "vectors"> {
  try {
    const { eigenvalues, residuals, report, format: _, version: __, ...rest } = spectrumSchema.parse(JSON.parse(json));
    if (eigenvalues.length !== residuals.length || rest.top > eigenvalues.length)
      throw new RangeError(
        `${eigenvalues.length} eigenvalues, ${residuals.length} residuals, ${rest.top} from the top`,
      );
    return {
      ...rest,
      eigenvalues: Float64Array.from(eigenvalues),
      residuals: Float64Array.from(residuals, (residual) => residual ?? Number.NaN),
      report,
    };
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new ResultFileError(
      { where: "spectrum.json", what: `It can't be read: ${reason}.`, remedy: "Compute the spectrum again." },
      error,
    );
  }
}

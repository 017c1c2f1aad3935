/** Curvature results as a run folder's documents, and back. Vectors are kept apart. */
import { z } from "zod";
import { convexityToJson, withFlatGrids } from "./convexity-files.ts";
import type { TraceResult } from "./curvature.ts";
import { densityToJson, spectrumToJson } from "./curvature-files.ts";
import { ResultFileError } from "./experiment-error.ts";
import { layersToJson } from "./layers-files.ts";
import { resultFileName } from "./run-folder.ts";
import { parseResult, type ResultName, type RunResults } from "./storage/stored-results.ts";
import { subsetsToJson } from "./subsets-files.ts";

const traceToJson = (result: TraceResult): string =>
  `${JSON.stringify({ format: "basin-trace", version: 1, ...result }, null, 2)}\n`;

const writers: { readonly [Name in ResultName]: (result: RunResults[Name]) => string } = {
  spectrum: spectrumToJson,
  density: densityToJson,
  trace: traceToJson,
  layers: layersToJson,
  subsets: subsetsToJson,
  convexity: (result) => convexityToJson(result, result.plane),
};

/** The names under which the documents hold float64 arrays. */
const arrayNames: ReadonlySet<string> = new Set([
  "eigenvalues",
  "residuals",
  "nodes",
  "weights",
  ...["products", "converged", "elapsedMs", "pairs", "ritzValues"],
  ...["alpha", "beta", "largest", "smallest"],
]);

export const resultToJson = <Name extends ResultName>(name: Name, result: RunResults[Name]): string =>
  writers[name](result);

/** `vectors`: of a spectrum, in the order of its eigenvalues. Throws ResultFileError. */
export function resultFromJson<Name extends ResultName>(
  name: Name,
  text: string,
  where: string,
  vectors: readonly Float32Array[] = [],
): RunResults[Name] {
  try {
    const document = z
      .looseObject({ format: z.literal(`basin-${name}`), version: z.literal(1) })
      .parse(JSON.parse(text));
    const { format: _format, version: _version, ...result } = document;
    const flat = name === "convexity" ? withFlatGrids(result) : result;
    return parseResult(name, restoreArrays({ ...flat, ...(name === "spectrum" && { vectors }) }));
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
    throw new ResultFileError(
      {
        where: `${where}, ${resultFileName(name)}`,
        what: `It can't be read: ${reason}.`,
        remedy: "Undo what was changed in it, or compute it again.",
      },
      error,
    );
  }
}

/** Lists of numbers under the names of arrays as arrays, null as not a number. */
function restoreArrays(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(restoreArrays);
  if (ArrayBuffer.isView(node) || typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, member]) => {
      const isArray = arrayNames.has(key) && Array.isArray(member);
      return [key, isArray ? Float64Array.from(member, toNumber) : restoreArrays(member)];
    }),
  );
}

function toNumber(value: unknown): number {
  if (value === null) return Number.NaN;
  if (typeof value === "number") return value;
  throw new TypeError(`${JSON.stringify(value)} stands where a number should`);
}

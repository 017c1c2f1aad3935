/** Results of measurements as a run folder's documents, and back. Vectors are kept apart. */
import { z } from "zod";
import { ResultFileError } from "./experiment-error.ts";
import { keptMeasurements, type ResultName, type RunResults } from "./measurements/list.ts";
import { resultFileName, type TensorNames } from "./run-folder.ts";
import { writeSafetensors } from "./safetensors/write-safetensors.ts";
import { stackTensors } from "./stacked-tensors.ts";
import { parseResult } from "./storage/stored-results.ts";

/** A result's document, and the file of its vectors where it has any. */
export function resultToFiles<Name extends ResultName>(
  name: Name,
  result: RunResults[Name],
  { tensors }: Pick<TensorNames, "tensors">,
): Record<string, string | Uint8Array<ArrayBuffer>> {
  const { toJson, vectors } = keptMeasurements[name];
  const stacked = vectors && stackTensors(vectors.of(result).map(tensors));
  return {
    [resultFileName(name)]: toJson(result),
    ...(vectors && { [vectors.file]: writeSafetensors({ tensors: stacked ?? [], metadata: { format: "pt" } }) }),
  };
}

/** `vectors`: in the order of the file of a measurement that has one. Throws ResultFileError. */
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
    const { arrays, fromDocument = unchanged, vectors: kept } = keptMeasurements[name];
    const members = { ...fromDocument(result), ...(kept && { vectors }) };
    return parseResult(name, restoreArrays(members, new Set(arrays)));
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

/** Lists of numbers under these names as arrays, null as not a number. */
function restoreArrays(node: unknown, names: ReadonlySet<string>): unknown {
  if (Array.isArray(node)) return node.map((member) => restoreArrays(member, names));
  if (ArrayBuffer.isView(node) || typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, member]) => {
      const isArray = names.has(key) && Array.isArray(member);
      return [key, isArray ? Float64Array.from(member, toNumber) : restoreArrays(member, names)];
    }),
  );
}

function toNumber(value: unknown): number {
  if (value === null) return Number.NaN;
  if (typeof value === "number") return value;
  throw new TypeError(`${JSON.stringify(value)} stands where a number should`);
}

const unchanged = (members: Readonly<Record<string, unknown>>): Record<string, unknown> => members;

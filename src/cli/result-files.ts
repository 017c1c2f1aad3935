/** The files that a measurement leaves in its folder, as its record has them: document, vectors, tables. */
import { keptMeasurements, type ResultName, type RunResults } from "../experiment/measurements/list.ts";
import { resultFileName } from "../experiment/run-folder.ts";

/** The document first. */
export function resultFileNames(name: ResultName): readonly string[] {
  const { vectors, tables = {} } = keptMeasurements[name];
  return [resultFileName(name), ...(vectors ? [vectors.file] : []), ...Object.keys(tables)];
}

/** Contents by file name. */
export async function resultFiles<Name extends ResultName>(
  name: Name,
  result: RunResults[Name],
): Promise<Record<string, string | Uint8Array>> {
  // What names tensors builds the model.
  const [{ tensorNames }, { resultToFiles }] = await Promise.all([
    import("../jobs/exchange-run.ts"),
    import("../experiment/run-folder-results.ts"),
  ]);
  const tables = Object.entries(keptMeasurements[name].tables ?? {});
  return {
    ...resultToFiles(name, result, tensorNames(result.report.spec)),
    ...Object.fromEntries(tables.map(([file, write]) => [file, write(result)])),
  };
}

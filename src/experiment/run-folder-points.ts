/** The recorded points of a run's folder, each a checkpoint file of its own. */
import { readCheckpointFile } from "./checkpoint-files.ts";
import { ResultFileError } from "./experiment-error.ts";
import { type FolderFiles, stepOfPointFile, type TensorNames } from "./run-folder.ts";
import type { Spec } from "./spec.ts";
import type { TrajectoryPoint } from "./trajectory.ts";

/**
 * Ascending by step. `spec` is the run's, `names` those of its model, `where` the folder. Throws ResultFileError that names
 * the file which is damaged, or of another step or run than it says.
 */
export function readPoints(files: FolderFiles, spec: Spec, names: TensorNames, where: string): TrajectoryPoint[] {
  return Object.keys(files)
    .flatMap((name) => {
      const step = stepOfPointFile(name);
      return step === null ? [] : [readPoint(files[name], step, spec, names, `${where}, ${name}`)];
    })
    .sort((a, b) => a.step - b.step);
}

function readPoint(bytes: Uint8Array, step: number, spec: Spec, names: TensorNames, where: string): TrajectoryPoint {
  const refuse = (what: string, cause?: unknown): never => {
    throw new ResultFileError({ where, what, remedy: "Give the file as it was recorded, or none of the path." }, cause);
  };
  try {
    const file = readCheckpointFile(bytes, where);
    if (file.step !== step) refuse(`It is of ${file.step === null ? "no known step" : `step ${file.step}`}.`);
    if (JSON.stringify(file.spec) !== JSON.stringify(spec)) refuse("It is of another specification than the run.");
    return { step, weights: names.weights(file.tensors) };
  } catch (error) {
    if (error instanceof ResultFileError) throw error;
    return refuse(`It can't be read: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

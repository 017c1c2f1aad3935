/** Whole runs to and from their folders. */
import { ResultFileError } from "../experiment/experiment-error.ts";
import type { TensorNames } from "../experiment/run-folder.ts";
import { readRunFolder } from "../experiment/run-folder-read.ts";
import { writeRunFolder } from "../experiment/run-folder-write.ts";
import { zipFolder } from "../experiment/run-folder-zip.ts";
import type { Spec } from "../experiment/spec.ts";
import { readZip } from "../experiment/zip/read-zip.ts";
import { fromStateDict, packTensors, toStateDict, unpackTensors } from "../models/state-dict.ts";
import type { JobHandlers } from "./job-context.ts";
import { checkWeights, modelOf } from "./problem.ts";

export function tensorNames(spec: Pick<Spec, "model" | "data">): TensorNames {
  const model = modelOf(spec);
  return {
    stateDict(weights) {
      checkWeights(model, weights);
      return toStateDict(model, weights);
    },
    weights: (tensors) => fromStateDict(model, tensors),
    tensors: (vector) => unpackTensors(model.layout, vector),
    vector: (tensors) => packTensors(model, tensors),
  };
}

export const exportRun: JobHandlers["exportRun"] = async ({ run, folder }) =>
  zipFolder(folder, writeRunFolder(run, tensorNames(run.record.spec)));

/** More than any archive that could be read. */
const maxArchiveBytes = 2 ** 31;

export const unpackZip: JobHandlers["unpackZip"] = async ({ file, where }) => {
  if (file.size > maxArchiveBytes)
    throw new ResultFileError({
      where,
      what: "It has more than 2 GiB.",
      remedy: "Import its runs in several parts.",
    });
  return [...readZip(new Uint8Array(await file.arrayBuffer()), where)];
};

export const importRun: JobHandlers["importRun"] = async ({ files, where, identity }) =>
  readRunFolder(files, { where, namesOf: tensorNames, newIdentity: () => identity });

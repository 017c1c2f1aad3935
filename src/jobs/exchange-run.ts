/** Whole runs to and from their folders. */
import type { TensorNames } from "../experiment/run-folder.ts";
import { readRunFolder } from "../experiment/run-folder-read.ts";
import { writeRunFolder } from "../experiment/run-folder-write.ts";
import type { Spec } from "../experiment/spec.ts";
import { fromStateDict, packTensors, toStateDict, unpackTensors } from "../models/state-dict.ts";
import type { JobHandlers } from "./job-context.ts";
import { checkWeights, modelOf } from "./problem.ts";

export function tensorNames(spec: Pick<Spec, "model">): TensorNames {
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

export const exportRun: JobHandlers["exportRun"] = async ({ run }) => writeRunFolder(run, tensorNames(run.record.spec));

export const importRun: JobHandlers["importRun"] = async ({ files, where, identity }) =>
  readRunFolder(files, { where, namesOf: tensorNames, newIdentity: () => identity });

/** Weights to and from the bytes of a checkpoint file. */
import { readCheckpointFile, writeCheckpointFile } from "../experiment/checkpoint-files.ts";
import { fromStateDict, toStateDict } from "../models/state-dict.ts";
import type { JobHandlers } from "./job-context.ts";
import { checkWeights, modelOf } from "./problem.ts";

export const exportCheckpoint: JobHandlers["exportCheckpoint"] = async ({ spec, weights }) => {
  const model = modelOf(spec);
  checkWeights(model, weights);
  return writeCheckpointFile({ tensors: toStateDict(model, weights), spec, step: null });
};

export const importCheckpoint: JobHandlers["importCheckpoint"] = async ({ spec, bytes }) =>
  fromStateDict(modelOf(spec), readCheckpointFile(bytes).tensors);

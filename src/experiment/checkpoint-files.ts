/**
 * The two files of a checkpoint. `checkpoint.safetensors` is a state dict as any PyTorch program reads it, with the
 * specification and the step in its metadata; `optimizer.safetensors` holds what else training needs to go on exactly.
 * Which tensors a model has, and how they lie in its flat vectors, is for the model to know, not for these files.
 */
import { ResultFileError } from "./experiment-error.ts";
import { type EpochMetrics, metricsFromCsv, metricsToCsv } from "./metrics.ts";
import { parseSpecJson } from "./parse-spec.ts";
import type { NamedTensor } from "./safetensors/named-tensor.ts";
import { readSafetensors } from "./safetensors/read-safetensors.ts";
import { writeSafetensors } from "./safetensors/write-safetensors.ts";
import type { Spec } from "./spec.ts";

export interface CheckpointFile {
  /** Under PyTorch's names, in its layouts. */
  readonly tensors: readonly NamedTensor[];
  /** Null in a file that another program wrote. */
  readonly spec: Spec | null;
  /** Optimiser steps taken; null in a file that another program wrote. */
  readonly step: number | null;
}

export interface OptimizerFile {
  /** For each of the optimiser's vectors ([velocity] for SGD, [m, v] for Adam), its tensors, named as the weights. */
  readonly moments: readonly (readonly NamedTensor[])[];
  readonly spec: Spec;
  readonly step: number;
  readonly epochs: readonly EpochMetrics[];
  /** One a step. */
  readonly batchLosses: Float32Array;
}

const specKey = "basin.spec";
const stepKey = "basin.step";
const epochsKey = "basin.epochs";
const lossesName = "batch_losses";

export function writeCheckpointFile({ tensors, spec, step }: CheckpointFile): Uint8Array<ArrayBuffer> {
  const metadata: Record<string, string> = { format: "pt" };
  if (spec !== null) metadata[specKey] = JSON.stringify(spec);
  if (step !== null) metadata[stepKey] = String(step);
  return writeSafetensors({ tensors, metadata });
}

/** `where` names the file. Throws SafetensorsError, SpecError or ResultFileError. */
export function readCheckpointFile(bytes: Uint8Array, where = "checkpoint.safetensors"): CheckpointFile {
  const { tensors, metadata } = readSafetensors(bytes);
  const { [specKey]: spec, [stepKey]: step } = metadata;
  return {
    tensors,
    spec: spec === undefined ? null : parseSpecJson(spec),
    step: step === undefined ? null : parseStep(step, where),
  };
}

export function writeOptimizerFile(file: OptimizerFile): Uint8Array<ArrayBuffer> {
  const { moments, spec, step, epochs, batchLosses } = file;
  const tensors = moments.flatMap((list, index) =>
    list.map((tensor) => ({ ...tensor, name: `moments.${index}.${tensor.name}` })),
  );
  return writeSafetensors({
    tensors: [...tensors, { name: lossesName, shape: [batchLosses.length], data: batchLosses }],
    metadata: { [specKey]: JSON.stringify(spec), [stepKey]: String(step), [epochsKey]: metricsToCsv(epochs) },
  });
}

/**
 * The optimiser's state that belongs to `checkpoint`. Throws SafetensorsError, SpecError, or ResultFileError where the
 * two files are not of one specification and step: training from such a pair would go on, and wrongly.
 */
export function readOptimizerFile(
  bytes: Uint8Array,
  checkpoint: Pick<CheckpointFile, "spec" | "step">,
  where = "optimizer.safetensors",
): OptimizerFile {
  const { tensors, metadata } = readSafetensors(bytes);
  const { [specKey]: specText, [stepKey]: stepText, [epochsKey]: epochsText } = metadata;
  if (specText === undefined || stepText === undefined || epochsText === undefined)
    throw new ResultFileError({
      where,
      what: "Its metadata lacks the specification, the step or the epochs.",
      remedy: "Give an optimiser file that Basin wrote, or start training anew from the weights.",
    });
  const spec = parseSpecJson(specText);
  const step = parseStep(stepText, where);
  checkPair(checkpoint, { spec, step }, where);
  return {
    moments: groupMoments(tensors, where),
    spec,
    step,
    epochs: metricsFromCsv(epochsText, `${where}, epochs`),
    batchLosses: tensors.find(({ name }) => name === lossesName)?.data ?? new Float32Array(0),
  };
}

function parseStep(text: string, where: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new ResultFileError({
    where,
    what: `Its step is ${JSON.stringify(text)}.`,
    remedy: "Start training anew from the weights: the file was changed.",
  });
}

function checkPair(
  checkpoint: Pick<CheckpointFile, "spec" | "step">,
  { spec, step }: Pick<OptimizerFile, "spec" | "step">,
  where: string,
): void {
  const remedy = "Give the two files that were written together.";
  if (checkpoint.step !== step)
    throw new ResultFileError({
      where,
      what: `It is of step ${step}, and the checkpoint of ${checkpoint.step === null ? "no known step" : `step ${checkpoint.step}`}.`,
      remedy,
    });
  if (JSON.stringify(checkpoint.spec) !== JSON.stringify(spec))
    throw new ResultFileError({ where, what: "It is of another specification than the checkpoint.", remedy });
}

function groupMoments(tensors: readonly NamedTensor[], where: string): NamedTensor[][] {
  const moments: NamedTensor[][] = [];
  for (const tensor of tensors) {
    if (tensor.name === lossesName) continue;
    const [, index, name] = tensor.name.match(/^moments\.([01])\.(.+)$/s) ?? [];
    if (index === undefined || Number(index) > moments.length)
      throw new ResultFileError({
        where,
        what: `Tensor ${JSON.stringify(tensor.name)} is no part of an optimiser's state.`,
        remedy: "Give an optimiser file that Basin wrote.",
      });
    moments[Number(index)] ??= [];
    moments[Number(index)].push({ ...tensor, name });
  }
  return moments;
}

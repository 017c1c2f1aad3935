/**
 * What a run's folder holds, checked as a whole: no file missing, none that does not belong, and the files of one run.
 * A folder of `train` has no run.json; such a run gets a new identity.
 */
import type { Checkpoint } from "./checkpoint.ts";
import { readCheckpointFile, readOptimizerFile } from "./checkpoint-files.ts";
import { ResultFileError } from "./experiment-error.ts";
import { keptMeasurements, type ResultName, resultNames } from "./measurements/list.ts";
import { type EpochMetrics, metricsFromCsv, metricsToCsv } from "./metrics.ts";
import { parseSpecJson } from "./parse-spec.ts";
import {
  type FolderFiles,
  fileNames,
  type KeptResults,
  pointFileName,
  type RunContent,
  resultFileName,
  stepOfPointFile,
  type TensorNames,
} from "./run-folder.ts";
import { type RunDocument, runFromJson } from "./run-folder-document.ts";
import { readPoints } from "./run-folder-points.ts";
import { resultFromJson } from "./run-folder-results.ts";
import { noteSchema } from "./run-labels.ts";
import { readSafetensors } from "./safetensors/read-safetensors.ts";
import type { Spec } from "./spec.ts";
import { unstackTensors } from "./stacked-tensors.ts";
import type { RunRecord } from "./storage/run-record.ts";
import type { KeptSurface } from "./surface.ts";
import { surfaceFromFiles } from "./surface-files.ts";

export interface FolderContext {
  /** Names the folder in messages. */
  readonly where: string;
  readonly namesOf: (spec: Spec) => TensorNames;
  /** The identity given to the run of a folder without run.json. */
  readonly newIdentity: () => Pick<RunRecord, "id" | "name" | "created">;
}

interface Folder {
  readonly where: string;
  has(name: string): boolean;
  bytes(name: string): Uint8Array<ArrayBuffer>;
  text(name: string): string;
}

/** Throws ResultFileError, NewerVersionError, SpecError, SafetensorsError, NumpyFormatError, or what `namesOf` throws. */
export function readRunFolder(files: FolderFiles, { where, namesOf, newIdentity }: FolderContext): RunContent {
  const folder = openFolder(files, where);
  const document = folder.has(fileNames.run) ? runFromJson(folder.text(fileNames.run), where) : null;
  checkNames(Object.keys(files), document, where);
  const spec = parseSpecJson(folder.text(fileNames.spec));
  const epochs = metricsFromCsv(folder.text(fileNames.metrics), `${where}, ${fileNames.metrics}`);
  const names = namesOf(spec);
  const checkpoint = folder.has(fileNames.checkpoint) ? readCheckpoint(folder, spec, epochs, names) : null;
  const isComplete = checkpoint !== null && epochs.length === spec.training.epochs;
  const { id, name, created } = document ?? newIdentity();
  const { colour = null, tags = [], status = isComplete ? "complete" : "cancelled" } = document ?? {};
  return {
    record: { id, name, colour, note: readNote(folder), tags, created, spec, status, epochs },
    checkpoint,
    surface: readSurface(folder, document?.surfaceStep ?? null),
    results: readResults(folder, document, names),
    trajectory: readPoints(files, spec, names, where),
  };
}

function openFolder(files: FolderFiles, where: string): Folder {
  const bytes = (name: string) => {
    if (!Object.hasOwn(files, name)) throw missing(name, where);
    return files[name];
  };
  return {
    where,
    has: (name) => Object.hasOwn(files, name),
    bytes,
    text(name) {
      try {
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes(name));
      } catch (error) {
        if (error instanceof ResultFileError) throw error;
        throw new ResultFileError(
          { where: `${where}, ${name}`, what: "It is not a text in UTF-8.", remedy: "Save it as UTF-8." },
          error,
        );
      }
    },
  };
}

const partners = [
  [fileNames.checkpoint, fileNames.optimizer],
  [fileNames.surface, fileNames.surfaceValues],
  ...resultNames.flatMap((name) => {
    const { vectors } = keptMeasurements[name];
    return vectors ? [[resultFileName(name), vectors.file]] : [];
  }),
];

function checkNames(found: readonly string[], document: RunDocument | null, where: string): void {
  const known = new Set<string>([...Object.values(fileNames), ...resultNames.map(resultFileName), ...partners.flat()]);
  const foreign = found.filter((name) => !known.has(name) && !isOwnPoint(name, document));
  if (foreign.length > 0)
    throw new ResultFileError({
      where,
      what: `${foreign.slice(0, 5).join(", ")}${foreign.length > 5 ? ` and ${foreign.length - 5} more` : ""} ${foreign.length === 1 ? "is" : "are"} no part of a run.`,
      remedy: "Take what is not the run's out of its folder.",
    });
  const expected = new Set<string>([fileNames.spec, fileNames.metrics]);
  for (const pair of partners)
    if (pair.some((name) => found.includes(name))) for (const name of pair) expected.add(name);
  if (document?.surfaceStep !== undefined) expected.add(fileNames.surface);
  for (const name of Object.keys(document?.resultSteps ?? {})) expected.add(resultFileName(name as ResultName));
  for (const step of document?.trajectorySteps ?? []) expected.add(pointFileName(step));
  for (const name of expected) if (!found.includes(name)) throw missing(name, where);
}

/** Whether a file is a point of the run: one that run.json names, or any point of a folder without run.json. */
function isOwnPoint(name: string, document: RunDocument | null): boolean {
  const step = stepOfPointFile(name);
  return step !== null && (document === null || (document.trajectorySteps ?? []).includes(step));
}

function missing(name: string, where: string): ResultFileError {
  return new ResultFileError({
    where,
    what: `${name} is missing.`,
    remedy: "Give the folder whole, as it was exported.",
  });
}

function readNote(folder: Folder): string {
  const note = folder.has(fileNames.notes) ? folder.text(fileNames.notes) : "";
  if (noteSchema.safeParse(note).success) return note;
  throw new ResultFileError({
    where: `${folder.where}, ${fileNames.notes}`,
    what: `It has ${note.length} characters.`,
    remedy: "Shorten it to 100000.",
  });
}

function readCheckpoint(folder: Folder, spec: Spec, epochs: readonly EpochMetrics[], names: TensorNames): Checkpoint {
  const { where } = folder;
  const place = `${where}, ${fileNames.checkpoint}`;
  const file = readCheckpointFile(folder.bytes(fileNames.checkpoint), place);
  const optimizer = readOptimizerFile(folder.bytes(fileNames.optimizer), file, `${where}, ${fileNames.optimizer}`);
  if (JSON.stringify(optimizer.spec) !== JSON.stringify(spec))
    throw new ResultFileError({
      where: `${where}, ${fileNames.spec}`,
      what: "It is another specification than the checkpoint's.",
      remedy: "Undo what was changed in it: a run keeps the specification that it was trained under.",
    });
  checkMetrics(epochs, optimizer.epochs, where);
  return {
    spec,
    step: optimizer.step,
    weights: names.weights(file.tensors),
    moments: optimizer.moments.map((tensors) => names.vector(tensors)),
    epochs: optimizer.epochs,
    batchLosses: optimizer.batchLosses,
  };
}

/** The table may be ahead of the checkpoint or behind it, but may not contradict it. */
function checkMetrics(table: readonly EpochMetrics[], kept: readonly EpochMetrics[], where: string): void {
  const lines = [table, kept].map((epochs) => metricsToCsv(epochs).trimEnd().split("\n"));
  const [found, expected] = lines;
  const line = found.findIndex((text, index) => index < expected.length && text !== expected[index]);
  if (line === -1) return;
  throw new ResultFileError({
    where: `${where}, ${fileNames.metrics}, line ${line + 1}`,
    what: `It reads "${found[line]}", and the checkpoint's own record of that epoch is "${expected[line]}".`,
    remedy: "Undo what was changed in it.",
  });
}

function readSurface(folder: Folder, step: number | null): KeptSurface | null {
  if (!folder.has(fileNames.surface)) return null;
  const surface = surfaceFromFiles(folder.text(fileNames.surface), folder.bytes(fileNames.surfaceValues));
  return { ...surface, ...(step !== null && { step }) };
}

function readResults(folder: Folder, document: RunDocument | null, names: TensorNames): KeptResults {
  const read = (name: ResultName) => {
    if (!folder.has(resultFileName(name))) return [];
    const step = document?.resultSteps[name];
    if (step === undefined)
      throw new ResultFileError({
        where: folder.where,
        what: `${resultFileName(name)} is there, and run.json does not say of which training step it is.`,
        remedy: `Take it out of the folder, or name its step in run.json under resultSteps.${name}.`,
      });
    const { vectors: kept } = keptMeasurements[name];
    const vectors = kept ? readVectors(folder, kept.file, names) : [];
    return [[name, { step, result: resultFromJson(name, folder.text(resultFileName(name)), folder.where, vectors) }]];
  };
  return Object.fromEntries(resultNames.flatMap(read));
}

function readVectors(folder: Folder, file: string, names: TensorNames): Float32Array[] {
  const { tensors } = readSafetensors(folder.bytes(file));
  const count = tensors[0]?.shape[0] ?? 0;
  return Array.from({ length: count }, (_, index) => names.vector(unstackTensors(tensors, index)));
}

/** What commands read: specifications, checkpoints, directions. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { messageOf } from "../data/data-error.ts";
import { type CheckpointFile, readCheckpointFile } from "../experiment/checkpoint-files.ts";
import type { Eigenpair } from "../experiment/curvature.ts";
import { parseSpecJson } from "../experiment/parse-spec.ts";
import { readSafetensors } from "../experiment/safetensors/read-safetensors.ts";
import type { Spec } from "../experiment/spec.ts";
import type { DirectionSource } from "../experiment/surface.ts";
import { type DirectionSpec, formatDirection } from "../experiment/surface-texts.ts";
import type { Sweep } from "../experiment/sweep.ts";
import { parseSweepJson } from "../experiment/sweep-parse.ts";
import type { Weights } from "../experiment/weights.ts";
import { modelOf } from "../jobs/problem.ts";
import { fromStateDict, packTensors } from "../models/state-dict.ts";
import { CliError } from "./cli-error.ts";

export async function readInput(path: string): Promise<Buffer<ArrayBuffer>> {
  try {
    return await readFile(path);
  } catch (error) {
    const reason = messageOf(error);
    throw new CliError(`${path}: It cannot be read (${reason}).`);
  }
}

/** A specification file. A relative data.path counts from the current folder, or else from the specification's. */
export async function readSpec(path: string): Promise<Spec> {
  return findData(await blame(path, async () => parseSpecJson((await readInput(path)).toString("utf8"))), path);
}

/** The specification with a full data.path; it was read from the file `path`. */
function findData(spec: Spec, path: string): Spec {
  const { data } = spec;
  if (data.path === undefined) return spec;
  const beside = resolve(dirname(path), data.path);
  const here = resolve(data.path);
  return { ...spec, data: { ...data, path: existsSync(here) || !existsSync(beside) ? here : beside } };
}

/** A sweep's file; the base's data are found as those of a specification. */
export async function readSweep(path: string): Promise<Sweep> {
  const sweep = await blame(path, async () => parseSweepJson((await readInput(path)).toString("utf8")));
  return { ...sweep, base: findData(sweep.base, path) };
}

export interface LoadedCheckpoint {
  readonly spec: Spec;
  readonly weights: Weights;
  readonly file: CheckpointFile;
}

/** A checkpoint with the specification of `specPath`, or its own when that is absent. */
export async function readCheckpoint(path: string, specPath: string | undefined): Promise<LoadedCheckpoint> {
  const bytes = await readInput(path);
  return blame(path, async () => {
    const file = readCheckpointFile(bytes, path);
    const spec = specPath === undefined ? file.spec : await readSpec(specPath);
    if (!spec) throw new CliError("It holds no specification, since another program wrote it. Give one with --spec.");
    return { spec, weights: fromStateDict(modelOf(spec), file.tensors), file };
  });
}

/** An eigenpair, and whether its eigenvalue is the curvature of the surface's own loss along its vector. */
export interface FoundPair extends Eigenpair {
  readonly isCurvature: boolean;
}

/** Directions that are meant by number. */
export interface NumberedDirections {
  eigenpair(index: number): FoundPair;
  /** The principal directions, from pca:1 on. */
  readonly principal: readonly Float32Array[];
}

export async function readDirection(
  direction: DirectionSpec,
  spec: Spec,
  { eigenpair, principal }: NumberedDirections,
): Promise<DirectionSource> {
  if (direction.kind === "random") return direction;
  if (direction.kind === "eigen") {
    const { vector, eigenvalue, isCurvature } = eigenpair(direction.index);
    return { kind: "vector", vector, label: formatDirection(direction), ...(isCurvature && { eigenvalue }) };
  }
  if (direction.kind === "pca")
    return { kind: "vector", vector: principal[direction.index - 1], label: formatDirection(direction) };
  const { path } = direction;
  return { kind: "vector", vector: await readVector(path, spec), label: `file:${path}` };
}

/** A flat vector of the model's parameters from a safetensors file in PyTorch's names and layouts. */
export async function readVector(path: string, spec: Spec): Promise<Float32Array> {
  const bytes = await readInput(path);
  return blame(path, async () => packTensors(modelOf(spec), readSafetensors(bytes).tensors));
}

/** Runs `work`; an error of it is said to be that of the file `path`. */
export async function blame<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && !error.message.startsWith(path)) error.message = `${path}: ${error.message}`;
    throw error;
  }
}

/** What was measured on a run's checkpoint, as files of the browser's storage, and back. */
import { z } from "zod";
import { keptMeasurements, type ResultName, type RunResults } from "../measurements/list.ts";
import type { ArrayFile } from "./array-file.ts";
import { treeFromFile, treeToFile } from "./array-tree.ts";

/** A result, and the training step of the weights that it is of. */
export interface KeptResult<Name extends ResultName> {
  readonly step: number;
  readonly result: RunResults[Name];
}

export const resultToFile = <Name extends ResultName>(kept: KeptResult<Name>): ArrayFile => treeToFile(kept);

/** Throws an Error that says what is wrong. */
export function resultFromFile<Name extends ResultName>(name: Name, file: ArrayFile): KeptResult<Name> {
  const { step, result } = z.object({ step: z.int().min(0), result: z.unknown() }).parse(treeFromFile(file));
  return { step, result: parseResult(name, result) };
}

/** The result as checked data. Throws an Error that says what is wrong. */
export const parseResult = <Name extends ResultName>(name: Name, result: unknown): RunResults[Name] =>
  keptMeasurements[name].schema.parse(result);

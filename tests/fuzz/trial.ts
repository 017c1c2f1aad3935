/** One damaged input against one reader: taken, refused by a named error, or a finding. */
import { drawFrom, mutate } from "./mutate.ts";
import type { FuzzTarget } from "./targets.ts";

export interface TrialName {
  readonly target: number;
  /** Of the whole run. */
  readonly seed: number;
  /** From 0, of each target. */
  readonly trial: number;
}

export interface Finding {
  readonly name: TrialName;
  readonly what: string;
}

/** The input of a trial; the same for the same name, as long as the target's examples are the same. */
export const inputOf = (corpus: readonly Uint8Array[], { target, seed, trial }: TrialName): Uint8Array<ArrayBuffer> =>
  mutate(corpus, drawFrom((Math.imul(seed, 0x9e3779b1) ^ Math.imul(target + 1, 0x85ebca6b)) + trial));

/** Null where the reader takes the input or refuses it as it should. */
export async function runTrial(
  { read, refusals }: FuzzTarget,
  corpus: readonly Uint8Array[],
  name: TrialName,
): Promise<Finding | null> {
  try {
    await read(inputOf(corpus, name));
    return null;
  } catch (error) {
    if (refusals.some((refusal) => error instanceof refusal)) return null;
    return { name, what: error instanceof Error ? (error.stack ?? error.message) : `threw ${String(error)}` };
  }
}

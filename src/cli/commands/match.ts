/** `match`: one model with its hidden units exchanged so that its weights lie nearest another's, as a checkpoint. */
import { basename, dirname, extname } from "node:path";
import { writeCheckpointFile } from "../../experiment/checkpoint-files.ts";
import { matchingToJson } from "../../experiment/comparison-files.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import { modelOf } from "../../jobs/problem.ts";
import { toStateDict } from "../../models/state-dict.ts";
import { CliError } from "../cli-error.ts";
import { readPair } from "../compared-models.ts";
import type { Session } from "../session.ts";
import { writeTogether } from "../write-files.ts";

export interface MatchOptions {
  readonly from: string;
  readonly to: string;
  readonly spec?: string;
  readonly out: string;
  readonly seed: number;
  readonly backend: BackendChoice;
}

/** Resolves with the exit code. */
export async function match(options: MatchOptions, session: Session): Promise<number> {
  const { from, to, out, seed, backend } = options;
  if (extname(out) !== ".safetensors") throw new CliError(`--out is ${out}. Give a name that ends in .safetensors.`);
  const pair = await readPair(from, to, options.spec);
  await session.announceBackend(backend);
  const result = await session.follow("match", { ...pair, seed, backend }, ({ sweep, layer }) =>
    session.sayProgress(`pass ${sweep}: ${layer}`),
  );
  const { spec } = pair;
  const permutationsName = `${basename(out, ".safetensors")}.json`;
  const tensors = toStateDict(modelOf(spec), result.weights);
  await writeTogether(dirname(out), {
    [basename(out)]: writeCheckpointFile({ tensors, spec, step: null }),
    [permutationsName]: matchingToJson(result),
  });
  const { distanceBefore, distanceAfter, sweeps, elapsedMs } = result;
  const moved = result.permutations.map(({ layer, permutation }) => ({
    layer,
    units: permutation.length,
    moved: permutation.filter((source, place) => source !== place).length,
  }));
  session.print({
    out,
    permutations: permutationsName,
    distanceBefore,
    distanceAfter,
    sweeps,
    layers: moved,
    elapsedMs,
  });
  return 0;
}

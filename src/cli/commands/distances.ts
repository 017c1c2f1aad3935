/** `distances`: how far models lie apart, in weights and in predictions. */
import { distancesToJson } from "../../experiment/comparison-files.ts";
import type { SurfaceSubset } from "../../experiment/surface.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import { readModels, splitPaths } from "../compared-models.ts";
import type { Session } from "../session.ts";
import { writeFileAtomically } from "../write-files.ts";

export interface DistancesOptions {
  readonly checkpoints: readonly string[];
  readonly spec?: string;
  readonly out: string;
  readonly subset: SurfaceSubset;
  readonly match: boolean;
  readonly seed: number;
  readonly backend: BackendChoice;
}

/** Resolves with the exit code. */
export async function distances(options: DistancesOptions, session: Session): Promise<number> {
  const { subset, match: matched, seed, backend } = options;
  const models = await readModels(splitPaths(options.checkpoints), options.spec);
  await session.announceBackend(backend);
  const { data } = models[0].spec;
  const result = await session.follow(
    "distances",
    { models, data, subset, matched, seed, backend },
    ({ done, total, detail }) => session.sayProgress(`${done + 1} of ${total}: ${detail}`),
  );
  for (const { why } of result.incomparable) session.say(why);
  const document = distancesToJson(result);
  await writeFileAtomically(options.out, document);
  session.print(JSON.parse(document));
  return 0;
}

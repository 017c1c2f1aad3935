/** `line`: loss and accuracy along the straight line between two models, as files. */
import type { PathBatchNorm, PathMetrics } from "../../experiment/comparison.ts";
import { lineToJson, pathsOfLine, pathsToCsv, pathsToNpz } from "../../experiment/comparison-files.ts";
import type { PathPointEvent } from "../../jobs/comparison-jobs.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import { readPair } from "../compared-models.ts";
import type { Session } from "../session.ts";
import { writeTogether } from "../write-files.ts";

export interface LineOptions {
  readonly from: string;
  readonly to: string;
  readonly spec?: string;
  readonly out: string;
  readonly points: number;
  readonly match: boolean;
  readonly seed: number;
  readonly batchNorm: PathBatchNorm;
  readonly backend: BackendChoice;
}

/** Resolves with the exit code. */
export async function line(options: LineOptions, session: Session): Promise<number> {
  const { out, points, match, seed, batchNorm, backend } = options;
  const pair = await readPair(options.from, options.to, options.spec);
  await session.announceBackend(backend);
  const result = await session.follow("line", { ...pair, points, match, seed, batchNorm, backend }, (event) => {
    if (event.kind === "point") session.sayProgress(describePoint(event));
    else session.sayProgress(`matching, pass ${event.sweep}: ${event.layer}`);
  });
  const paths = pathsOfLine(result);
  await writeTogether(out, {
    "line.json": lineToJson(result),
    "line.npz": pathsToNpz(paths),
    "line.csv": pathsToCsv(paths),
  });
  session.print({
    out,
    points,
    batchNorm,
    ...Object.fromEntries(Object.entries(paths).map(([name, metrics]) => [name, summarizePath(metrics)])),
    ...(result.matched && {
      distanceBefore: result.matched.matching.distanceBefore,
      distanceAfter: result.matched.matching.distanceAfter,
    }),
    backend: result.report.backend,
    elapsedMs: result.report.elapsedMs,
  });
  return 0;
}

export const describePoint = ({ path, t, train, test }: PathPointEvent): string =>
  `${path} t = ${t.toFixed(3)}: train loss ${train.loss.toPrecision(4)}, test loss ${test.loss.toPrecision(4)}`;

/** Losses at both ends, and the barrier. */
export const summarizePath = ({ train, test }: PathMetrics) =>
  Object.fromEntries(
    [["train", train] as const, ["test", test] as const].map(([split, { loss, barrier }]) => [
      split,
      { from: loss[0], to: loss[loss.length - 1], highest: Math.max(...loss), barrier },
    ]),
  );

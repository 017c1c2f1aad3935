/** `subsets`: spectra of mini-batches and resampled subsets against the full set's, as files. */
import { subsetsToCsv, subsetsToJson } from "../../experiment/subsets-files.ts";
import { readCheckpoint } from "../inputs.ts";
import type { Session } from "../session.ts";
import { writeTogether } from "../write-files.ts";
import { exitCodeOfProbes, requestOf, type SolveOptions, solveOf } from "./curvature-options.ts";

export interface SubsetsOptions extends SolveOptions {
  readonly out: string;
  readonly top: number;
  readonly sizes: readonly number[];
  readonly draws: number;
  readonly resample?: number;
}

/** Resolves with the exit code. */
export async function subsets(options: SubsetsOptions, session: Session): Promise<number> {
  const { spec, weights } = await readCheckpoint(options.checkpoint, options.spec);
  await session.announceBackend(options.backend);
  const { top, sizes, draws, resample, backend, out } = options;
  const result = await session.follow(
    "subsets",
    {
      spec,
      weights,
      request: requestOf(options),
      backend,
      ...solveOf(options),
      top,
      batchSizes: sizes,
      draws,
      resampled: resample === undefined ? null : { size: resample, draws },
    },
    (event) => {
      if (event.kind !== "sample") return;
      const { kind, size, eigenvalues, overlap } = event.sample;
      const found = `largest ${eigenvalues[0]?.toPrecision(5)}, overlap ${overlap.toPrecision(3)}`;
      session.say(`${event.index + 1} of ${event.samples}: ${kind}, ${size} examples, ${found}`);
    },
  );
  await writeTogether(out, { "subsets.json": subsetsToJson(result), "subsets.csv": subsetsToCsv(result) });
  session.print({
    status: result.status,
    out,
    samples: result.samples.map(({ kind, size, draw, eigenvalues, overlap }) => ({
      kind,
      size,
      draw,
      eigenvalues: [...eigenvalues],
      overlap,
    })),
    dimension: result.report.dimension,
    backend: result.report.backend,
    elapsedMs: result.report.elapsedMs,
  });
  return exitCodeOfProbes(result.status);
}

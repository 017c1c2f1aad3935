import type { ResultName, RunResults } from "../../experiment/measurements/list.ts";
import type { RunKeeper } from "./run-keeper.ts";
import type { SurfaceSource } from "./surface-source.ts";

/** Keeps a result with the run whose weights it is of. Resolves when it is kept, or cannot be. */
export type KeepResult = <Name extends ResultName>(
  source: SurfaceSource,
  name: Name,
  result: RunResults[Name],
) => Promise<void>;

export const keepingResults =
  (keeper: Pick<RunKeeper, "keepResult" | "saved">): KeepResult =>
  ({ checkpoint }, name, result) => {
    if (checkpoint) keeper.keepResult(checkpoint.runId, name, { step: checkpoint.step, result });
    return keeper.saved();
  };

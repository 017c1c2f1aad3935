/** What was found between runs, kept over visits. Nothing here rejects: what can't be kept is said once, and stays on the page. */
import type { ComparisonEntry, ComparisonStore } from "../../../experiment/storage/kept-comparisons.ts";
import type { ComparedRun, ComparisonKind, KeptComparison } from "../../../experiment/storage/stored-comparisons.ts";
import type { LoadedRun } from "./runs.ts";

export interface CompareMemory {
  /** Resolves when it is kept, or can't be. */
  keep<Kind extends ComparisonKind>(comparison: KeptComparison<Kind>): Promise<void>;
  /** The newest of a kind among those that `fits` accepts; null for none. */
  find<Kind extends ComparisonKind>(
    kind: Kind,
    fits: (entry: ComparisonEntry) => boolean,
  ): Promise<KeptComparison<Kind> | null>;
  drop(kind: ComparisonKind, runs: readonly ComparedRun[]): Promise<void>;
  /** Drops what is about runs that are no more. */
  dropWithout(isKept: (runId: string) => boolean): Promise<void>;
}

/** `open` is called when something is first to be kept or found. */
export function createCompareMemory(
  open: () => Promise<ComparisonStore>,
  onError: (error: unknown) => void,
): CompareMemory {
  let opened: Promise<ComparisonStore> | null = null;
  const store = () => {
    opened ??= open();
    return opened;
  };
  let lastComplaint = "";
  /** One after the other: the newer of two takes the place of the older. */
  let last: Promise<void> = Promise.resolve();
  const complain = (error: unknown) => {
    const message = String(error);
    if (message !== lastComplaint) onError(error);
    lastComplaint = message;
  };
  return {
    keep(comparison) {
      const put = async () => {
        try {
          await (await store()).put(comparison as KeptComparison);
        } catch (error) {
          complain(error);
        }
      };
      last = last.then(put);
      return last;
    },
    async find(kind, fits) {
      try {
        const from = await store();
        const entry = (await from.list()).find((one) => one.kind === kind && fits(one));
        const kept = entry ? await from.get(entry.id) : null;
        return kept as KeptComparison<typeof kind> | null;
      } catch (error) {
        complain(error);
        return null;
      }
    },
    async drop(kind, runs) {
      try {
        await (await store()).drop(kind, runs);
      } catch (error) {
        complain(error);
      }
    },
    async dropWithout(isKept) {
      try {
        await (await store()).dropWithout(isKept);
      } catch (error) {
        complain(error);
      }
    },
  };
}

export const comparedRun = ({ source: { checkpoint } }: LoadedRun): ComparedRun => ({
  runId: checkpoint.runId,
  step: checkpoint.step,
});

/** Whether an entry is of exactly these runs, in this order. */
export const isOf =
  (runs: readonly LoadedRun[]) =>
  (entry: Pick<ComparisonEntry, "runs">): boolean =>
    runs.length === entry.runs.length && runs.every((run, index) => isSame(run, entry.runs[index]));

/** The entry's runs, in its order; null where one of them is not loaded with those weights. */
export function runsOf(entry: Pick<ComparisonEntry, "runs">, loaded: readonly LoadedRun[]): LoadedRun[] | null {
  const found = entry.runs.map((wanted) => loaded.find((run) => isSame(run, wanted)));
  return found.every((run) => run !== undefined) ? found : null;
}

const isSame = ({ source: { checkpoint } }: LoadedRun, { runId, step }: ComparedRun) =>
  checkpoint.runId === runId && checkpoint.step === step;

/** What can be done with kept runs, with what is said when it is done or cannot be. */
import { useMemo, useState } from "react";
import type { StoredRun } from "../../experiment/storage/run-store.ts";
import { useLandscape } from "../context/landscape.ts";
import type { PageStores } from "../context/page-stores.tsx";
import { useRuns } from "../context/runs.ts";
import { type SessionStores, useSession } from "../context/session.ts";
import { useSpectrum } from "../context/spectrum.ts";
import { clearFailure, notify, notifyFailure } from "../kit/notify.ts";
import { encodeSettings } from "../stores/settings/link.ts";
import { isBusy } from "../stores/training-store.ts";
import { exportRuns } from "./export-runs.ts";
import { importRuns } from "./import-runs.ts";
import { notifyRemoval } from "./removal-notice.tsx";
import { openRun } from "./show-run.ts";
import { placeReasons } from "./use-training-place.ts";

export interface RunActions {
  /** What takes a while and goes on now; null for nothing. */
  readonly busy: "exporting" | "importing" | null;
  /** Asks first where a run trains. */
  open(runId: string): void;
  openNow(runId: string): void;
  duplicate(run: StoredRun): void;
  share(run: StoredRun): void;
  exportZip(runs: readonly StoredRun[]): void;
  bringIn(files: readonly File[]): void;
  remove(ids: readonly string[]): void;
}

/** `ask` is given the run that a person wants opened while another trains. */
export function useRunActions(ask: (runId: string) => void): RunActions {
  const session = useSession();
  const landscape = useLandscape();
  const spectrum = useSpectrum();
  const runsPage = useRuns();
  const [busy, setBusy] = useState<RunActions["busy"]>(null);
  return useMemo(() => {
    const during = (kind: RunActions["busy"], work: Promise<void>) => {
      setBusy(kind);
      void work.finally(() => setBusy(null));
    };
    const openNow = (runId: string) =>
      void openRun({ session, landscape, spectrum }, runId).catch(
        notifyFailure("The run could not be opened as it was"),
      );
    return {
      busy,
      open: (runId) => (isBusy(session.training.getState().status) ? ask(runId) : openNow(runId)),
      openNow,
      duplicate: (run) => duplicate(session, run),
      share: (run) => void share(session, run).catch(notifyFailure("The link could not be copied")),
      exportZip: (runs) =>
        during(
          "exporting",
          sendOut({ session, runs: runsPage }, runs).catch(notifyFailure("The runs could not be exported")),
        ),
      bringIn: (files) => during("importing", bringIn({ session, runs: runsPage }, files)),
      remove: (ids) => remove({ session, runs: runsPage }, ids),
    };
  }, [session, landscape, spectrum, runsPage, busy, ask]);
}

type RunsPages = Pick<PageStores, "session" | "runs">;

/** Imports runs and says how it went; never rejects. */
export async function bringIn({ session, runs }: RunsPages, files: readonly File[]): Promise<void> {
  const failure = "The runs could not be imported";
  try {
    const outcome = await importRuns({ ...session, ...runs }, files, runs.conflicts.getState().ask);
    if (!outcome) return;
    const { imported, replaced, present } = outcome;
    const count = (ids: readonly string[]) => `${ids.length} ${ids.length === 1 ? "run" : "runs"}`;
    const here = present.length > 0 ? ` ${count(present)} here already, left as is.` : "";
    const inPlace = replaced.length > 0 ? ` ${count(replaced)} replaced.` : "";
    const title = imported.length + replaced.length > 0 ? "Imported" : "Nothing new";
    clearFailure(failure);
    notify(title, `${count(imported)} imported.${inPlace}${here}`);
  } catch (error) {
    notifyFailure(failure)(error);
  }
}

async function sendOut({ session, runs: { runs } }: RunsPages, chosen: readonly StoredRun[]): Promise<void> {
  await runs.getState().labelled();
  const warnings = await exportRuns(session, chosen);
  if (warnings.length > 0) notifyFailure("Exported, with an earlier save")(warnings.join("\n"));
}

function duplicate({ settings, preferences }: SessionStores, { record }: StoredRun): void {
  const { path: _ownDisk, ...data } = record.spec.data;
  settings.getState().setSpec("duplicate", { ...record.spec, data });
  preferences.getState().set({ page: "landscape" });
  notify("A new experiment", "It has the run's settings. Change what you like, then train.");
}

async function share({ settings }: SessionStores, { record }: StoredRun): Promise<void> {
  const fragment = encodeSettings({ ...settings.getState().current, spec: record.spec });
  await navigator.clipboard.writeText(`${location.origin}${location.pathname}#${fragment}`);
  notify(
    "Link copied",
    "Whoever opens it has this run's experiment: the same settings and seeds, without the weights.",
  );
}

function remove({ session, runs: { runs } }: RunsPages, ids: readonly string[]): void {
  const place = ids.map(session.placeOf).find((found) => found !== null);
  if (place) {
    if (ids.length === 1) notify("Not deleted", placeReasons[place]);
    else notify("None was deleted", `Of one of them: ${placeReasons[place]}`);
    return;
  }
  runs.getState().remove(ids);
  notifyRemoval(runs, ids);
}

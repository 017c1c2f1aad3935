/** Kept runs as one zip file of their folders, made one run after the other. */
import { folderName, type KeptResults, type RunContent } from "../../experiment/run-folder.ts";
import { createRunZip } from "../../experiment/run-folder-zip.ts";
import type { RunStore, StoredRun } from "../../experiment/storage/run-store.ts";
import type { AppStores } from "../app-stores.ts";
import { saveFile } from "../export/save-file.ts";

/** Rejects where something of a run can't be read: half a run is not exported. */
export async function exportRuns({ keeper, runner }: AppStores, runs: readonly StoredRun[]): Promise<void> {
  const store = await keeper.runs;
  const zip = createRunZip();
  for (const run of runs) {
    const content = await readContent(store, run);
    await zip.add(folderName(run.record), await runner().start("exportRun", { run: content }).result);
  }
  const name = runs.length === 1 ? folderName(runs[0].record) : `basin-${runs.length}-runs`;
  saveFile(`${name}.zip`, new Blob([...zip.finish()], { type: "application/zip" }));
}

async function readContent(store: RunStore, { record, results: names }: StoredRun): Promise<RunContent> {
  const results: KeptResults = {};
  for (const name of names) {
    const kept = await store.getResult(record.id, name);
    if (kept) Object.assign(results, { [name]: kept.value });
  }
  const [checkpoint, surface] = await Promise.all([store.getCheckpoint(record.id), store.getSurface(record.id)]);
  const path = await store.getTrajectory(record.id);
  // A point that can't be read would be missing from the folder without a word.
  if (path?.warning) throw new Error(`${record.name}: ${path.warning}`);
  return {
    record,
    checkpoint: checkpoint?.value ?? null,
    surface: surface?.value ?? null,
    results,
    trajectory: path?.value ?? [],
  };
}

/** Kept runs as one zip file of their folders. The compute worker makes a folder at a time; here they are joined. */
import { folderName } from "../../experiment/run-folder.ts";
import type { StoredRun } from "../../experiment/storage/run-store.ts";
import { type ZipPart, zipDirectory } from "../../experiment/zip/write-zip.ts";
import type { SessionStores } from "../context/session.ts";
import { runTitle } from "../figure/run-words.ts";
import { saveFile } from "../kit/save-file.ts";
import { readContent } from "./run-content.ts";

/**
 * Resolves with what a person should know of what was exported. Rejects where something of a run can't be read: half a run
 * is not exported.
 */
export async function exportRuns(
  { keeper, runner }: Pick<SessionStores, "keeper" | "runner">,
  runs: readonly StoredRun[],
): Promise<readonly string[]> {
  const store = await keeper.runs;
  const parts: ZipPart[] = [];
  const warnings: string[] = [];
  for (const run of runs) {
    const { content, warnings: own } = await readContent(store, run);
    warnings.push(...own.map((warning) => `${runTitle(run.record)}, ${warning}`));
    parts.push(await runner().start("exportRun", { run: content, folder: folderName(run.record) }).result);
  }
  const name = runs.length === 1 ? folderName(runs[0].record) : `basin-${runs.length}-runs`;
  const bytes = [...parts.flatMap((part) => part.bytes), zipDirectory(parts)];
  saveFile(`${name}.zip`, new Blob(bytes, { type: "application/zip" }));
  return warnings;
}

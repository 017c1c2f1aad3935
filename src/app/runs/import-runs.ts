/** Brings runs in from zip files and folders. All are checked before any is kept; none that is here already is replaced. */
import type { FolderFiles, RunContent } from "../../experiment/run-folder.ts";
import { groupByFolder, unzipRuns } from "../../experiment/run-folder-zip.ts";
import type { RunStore } from "../../experiment/storage/run-store.ts";
import { resultNames } from "../../experiment/storage/stored-results.ts";
import type { AppStores } from "../app-stores.ts";

export interface ImportOutcome {
  /** Ids. */
  readonly imported: readonly string[];
  /** Ids of runs that are here already; they stay as they are. */
  readonly present: readonly string[];
}

type ImportStores = Pick<AppStores, "runner" | "keeper" | "runs">;

/** Files of a run rather than images or weights by themselves. */
export const areRunFiles = (files: readonly File[]): boolean =>
  files.some(({ name }) => name.endsWith(".zip") || name === "run.json" || name === "spec.json");

const mostFaults = 5;

/** Rejects with all that is wrong, and then nothing was kept; or with what the storage says. */
export async function importRuns(stores: ImportStores, files: readonly File[]): Promise<ImportOutcome> {
  const folders = groupByFolder(await readFiles(files));
  if (folders.size === 0) throw new Error("There is no run in it. Give a zip file or a folder that Basin exported.");
  const contents = await checkAll(stores, folders);
  const store = await stores.keeper.runs;
  const { runs, damaged } = await store.listRuns();
  const removed = stores.runs.getState().removed;
  await stores.runs.getState().finishRemoval(contents.map(({ record }) => record.id).filter((id) => removed.has(id)));
  const taken = new Set([...runs.map(({ record }) => record.id), ...damaged.map(({ id }) => id)]);
  for (const id of removed) taken.delete(id);
  const fresh = contents.filter(({ record }) => !taken.has(record.id));
  for (const content of fresh) await keep(store, content);
  await stores.runs.getState().refresh();
  const idsOf = (list: readonly RunContent[]) => list.map(({ record }) => record.id);
  return { imported: idsOf(fresh), present: idsOf(contents.filter(({ record }) => taken.has(record.id))) };
}

async function readFiles(files: readonly File[]): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const found: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const file of files) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (!file.name.endsWith(".zip")) found[pathOf(file)] = bytes;
    else for (const [path, entry] of Object.entries(unzipRuns(bytes, file.name))) found[`${file.name}/${path}`] = entry;
  }
  return found;
}

/** Dropped folders come with `path`, picked ones with `webkitRelativePath`. */
function pathOf(file: File): string {
  const dropped = "path" in file && typeof file.path === "string" ? file.path : "";
  return (dropped || file.webkitRelativePath || file.name).replace(/^\.?\//, "");
}

async function checkAll(
  { runner }: Pick<AppStores, "runner">,
  folders: ReadonlyMap<string, FolderFiles>,
): Promise<RunContent[]> {
  const contents: RunContent[] = [];
  const faults: string[] = [];
  for (const [folder, files] of folders) {
    const where = folder || "The files";
    const name = folder.split("/").at(-1) || "Imported run";
    const identity = { id: crypto.randomUUID(), name, created: new Date().toISOString() };
    try {
      contents.push(await runner().start("importRun", { files, where, identity }).result);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      faults.push(message.includes(where) ? message : `${where}: ${message}`);
    }
  }
  const ids = contents.map(({ record }) => record.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) faults.push(`Two of the folders are run ${twice}. Give one of them.`);
  if (faults.length === 0) return contents;
  const more = faults.length > mostFaults ? `\n… and ${faults.length - mostFaults} more` : "";
  throw new Error(`${faults.slice(0, mostFaults).join("\n")}${more}\nNothing was imported.`);
}

/** A run that does not fit is not kept in part. */
async function keep(store: RunStore, { record, checkpoint, surface, results, trajectory }: RunContent): Promise<void> {
  const { id } = record;
  try {
    await store.putRun(record);
    if (checkpoint) await store.putCheckpoint(id, checkpoint);
    for (const point of trajectory) await store.putTrajectoryPoint(id, point);
    if (surface) await store.putSurface(id, surface);
    for (const name of resultNames) {
      const kept = results[name];
      if (kept) await store.putResult(id, name, kept as never);
    }
  } catch (error) {
    await store.deleteRun(id).catch(() => undefined);
    throw error;
  }
}

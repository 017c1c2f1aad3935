/**
 * Brings runs in from zip files and folders. All are checked before any is kept. One that is here already with other content is a
 * conflict, which a person decides.
 */
import type { FolderFiles, RunContent } from "../../experiment/run-folder.ts";
import { groupByFolder } from "../../experiment/run-folder-zip.ts";
import type { RunsPageStores } from "../context/runs.ts";
import type { SessionStores } from "../context/session.ts";
import { runTitle } from "../figure/run-words.ts";
import { messageOf } from "../kit/message-of.ts";
import type { ConflictChoice, Decide, RunConflict } from "../stores/run-conflict.ts";
import { keepContent, readContent, replaceContent } from "./run-content.ts";
import { differences } from "./run-differences.ts";

export interface ImportOutcome {
  /** Ids, new ones of runs that were kept beside mine. */
  readonly imported: readonly string[];
  /** Ids of mine that theirs took the place of. */
  readonly replaced: readonly string[];
  /** Ids of runs that are here already: the same, or to stay as they are. */
  readonly present: readonly string[];
}

type ImportStores = Pick<SessionStores, "runner" | "keeper" | "placeOf"> & Pick<RunsPageStores, "runs">;

/** Files of a run rather than images or weights by themselves. */
export const areRunFiles = (files: readonly File[]): boolean =>
  files.some(({ name }) => name.endsWith(".zip") || name === "run.json" || name === "spec.json");

const mostFaults = 5;

/** Null where a person took it back. Rejects with all that is wrong, and then nothing was kept; or with what the storage says. */
export async function importRuns(
  stores: ImportStores,
  files: readonly File[],
  decide: Decide,
): Promise<ImportOutcome | null> {
  const folders = groupByFolder(await readFiles(stores, files));
  if (folders.size === 0) throw new Error("There is no run in it. Give a zip file or a folder that Basin exported.");
  const [first, ...others] = await checkAll(stores, folders);
  let outcome = await bringIn(stores, first, decide);
  for (const contents of others) {
    // Runs of ids that came in just now, with other content: a person decides, as if they had come from elsewhere later.
    const next = outcome && (await bringIn(stores, contents, decide));
    if (outcome && next) outcome = together(outcome, next);
  }
  return outcome;
}

/** What came in with the first is not here from before. */
function together(first: ImportOutcome, next: ImportOutcome): ImportOutcome {
  const isOld = (id: string) => !first.imported.includes(id);
  const all = (name: keyof ImportOutcome) => [...new Set([...first[name], ...next[name]])];
  return {
    imported: all("imported"),
    replaced: all("replaced").filter(isOld),
    present: all("present").filter(isOld),
  };
}

/** Runs of different ids. Null where a person took it back. */
async function bringIn(
  stores: ImportStores,
  contents: readonly RunContent[],
  decide: Decide,
): Promise<ImportOutcome | null> {
  const store = await stores.keeper.runs;
  const removed = stores.runs.getState().removed;
  await stores.runs.getState().finishRemoval(contents.map(({ record }) => record.id).filter((id) => removed.has(id)));
  const { runs, damaged } = await store.listRuns();
  const here = new Map(runs.map((run) => [run.record.id, run]));
  const present = contents.map(({ record }) => record.id).filter((id) => damaged.some((run) => run.id === id));
  const imported: string[] = [];
  const replaced: string[] = [];

  const conflicts: RunConflict[] = [];
  for (const theirs of contents) {
    const mine = here.get(theirs.record.id);
    if (!mine) continue;
    const { content } = await readContent(store, mine);
    const differs = await differences(stores.runner(), content, theirs);
    const fixed = stores.placeOf(mine.record.id) === null ? null : "It is training.";
    if (differs.length > 0) conflicts.push({ mine, theirs, differs, fixed });
    else present.push(mine.record.id);
  }
  const choices = conflicts.length > 0 ? await decide(conflicts) : new Map<string, ConflictChoice>();
  if (!choices) return null;

  try {
    for (const content of contents) {
      const { id } = content.record;
      if (here.has(id) || present.includes(id)) continue;
      await keepContent(store, content);
      imported.push(id);
    }
    for (const { mine, theirs, fixed } of conflicts) {
      const { id } = mine.record;
      const choice = choices.get(id) ?? "skip";
      if (choice === "replace" && fixed === null) {
        await replaceContent(store, (await readContent(store, mine)).content, theirs);
        replaced.push(id);
      } else if (choice === "both") {
        const beside = { ...theirs.record, id: crypto.randomUUID(), name: `${runTitle(theirs.record)} (imported)` };
        await keepContent(store, { ...theirs, record: beside });
        imported.push(beside.id);
      } else present.push(id);
    }
  } finally {
    await stores.runs.getState().refresh();
  }
  return { imported, replaced, present };
}

async function readFiles(
  { runner }: Pick<SessionStores, "runner">,
  files: readonly File[],
): Promise<[path: string, bytes: Uint8Array<ArrayBuffer>][]> {
  const found: [string, Uint8Array<ArrayBuffer>][] = [];
  for (const file of files) {
    if (file.name.endsWith(".zip")) {
      const entries = await runner().start("unpackZip", { file, where: file.name }).result;
      for (const [path, bytes] of entries) found.push([`${file.name}/${path}`, bytes]);
    } else found.push([pathOf(file), new Uint8Array(await file.arrayBuffer())]);
  }
  return found;
}

/** Dropped folders come with `path`, picked ones with `webkitRelativePath`. */
function pathOf(file: File): string {
  const dropped = "path" in file && typeof file.path === "string" ? file.path : "";
  return (dropped || file.webkitRelativePath || file.name).replace(/^\.?\//, "");
}

/**
 * The runs in turns, each id once a turn: a folder that is given twice with one content counts as one, others of its id
 * come a turn later.
 */
async function checkAll(
  { runner }: Pick<SessionStores, "runner">,
  folders: ReadonlyMap<string, FolderFiles>,
): Promise<readonly (readonly RunContent[])[]> {
  const byId = new Map<string, RunContent[]>();
  const faults: string[] = [];
  for (const [folder, files] of folders) {
    const where = folder || "The files";
    const name = folder.split("/").at(-1) || "Imported run";
    const identity = { id: crypto.randomUUID(), name, created: new Date().toISOString() };
    try {
      const content = await runner().start("importRun", { files, where, identity }).result;
      const { id } = content.record;
      const twins = byId.get(id) ?? [];
      const found = await Promise.all(twins.map((twin) => differences(runner(), twin, content)));
      if (found.every((differs) => differs.length > 0)) byId.set(id, [...twins, content]);
    } catch (error) {
      const message = messageOf(error);
      faults.push(message.includes(where) ? message : `${where}: ${message}`);
    }
  }
  if (faults.length === 0) {
    const turns = Math.max(...[...byId.values()].map(({ length }) => length));
    return Array.from({ length: turns }, (_, turn) => [...byId.values()].flatMap((twins) => twins[turn] ?? []));
  }
  const more = faults.length > mostFaults ? `\n… and ${faults.length - mostFaults} more` : "";
  throw new Error(`${faults.slice(0, mostFaults).join("\n")}${more}\nNothing was imported.`);
}

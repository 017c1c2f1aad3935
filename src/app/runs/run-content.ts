/** Everything that is kept of a run, read from the browser's storage and put there. */
import { resultNames } from "../../experiment/measurements/list.ts";
import type { KeptResults, RunContent } from "../../experiment/run-folder.ts";
import type { RunStore, StoredRun } from "../../experiment/storage/run-store.ts";

export interface ReadContent {
  readonly content: RunContent;
  /** Where not the latest save could be read but the one before it: what, and why. */
  readonly warnings: readonly string[];
}

/** Rejects where something of it can't be read at all. */
export async function readContent(store: RunStore, { record, results: names }: StoredRun): Promise<ReadContent> {
  const warnings: string[] = [];
  const take = <T>(what: string, kept: { readonly value: T; readonly warning: string | null } | null): T | null => {
    if (kept?.warning) warnings.push(`${what}: ${kept.warning}`);
    return kept?.value ?? null;
  };
  const checkpoint = take("Checkpoint", await store.getCheckpoint(record.id));
  const surface = take("Surface", await store.getSurface(record.id));
  const results: KeptResults = {};
  for (const name of names) {
    const kept = take(name, await store.getResult(record.id, name));
    if (kept) Object.assign(results, { [name]: kept });
  }
  const path = await store.getTrajectory(record.id);
  // A point that can't be read would be missing from the folder without a word.
  if (path?.warning) throw new Error(`${record.name}: ${path.warning}`);
  return { content: { record, checkpoint, surface, results, trajectory: path?.value ?? [] }, warnings };
}

/** A run that does not fit is not kept in part. */
export async function keepContent(store: RunStore, content: RunContent): Promise<void> {
  const { record, checkpoint, surface, results, trajectory } = content;
  const { id } = record;
  try {
    await store.putRun(record);
    if (checkpoint) await store.putCheckpoint(id, checkpoint);
    if (surface) await store.putSurface(id, surface);
    for (const name of resultNames) {
      const kept = results[name];
      if (kept) await store.putResult(id, name, kept as never);
    }
    // Last, as they would give way to the rest on a full disk.
    for (const point of trajectory) await store.putTrajectoryPoint(id, point);
  } catch (error) {
    await store.deleteRun(id).catch(() => undefined);
    throw error;
  }
}

/** The run of that id is replaced; where the new one does not fit, it is as it was. */
export async function replaceContent(store: RunStore, before: RunContent, after: RunContent): Promise<void> {
  await store.deleteRun(before.record.id);
  try {
    await keepContent(store, after);
  } catch (error) {
    await keepContent(store, before);
    throw error;
  }
}

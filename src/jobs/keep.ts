/** A small cache of things that hold device memory. */
import type { Keep } from "./job-context.ts";

interface Entry {
  readonly owner: object;
  readonly kept: Promise<{ dispose(): void }>;
}

/** Keeps at most `limit` things, those used last. Things are used one job at a time: nothing in use is disposed of. */
export function createKeep(limit: number): Keep {
  const entries = new Map<string, Entry>();
  const drop = (key: string, { kept }: Entry) => {
    entries.delete(key);
    kept.then(
      (resource) => resource.dispose(),
      () => {},
    );
  };
  return {
    async get<Kept extends { dispose(): void }>(key: string, owner: object, make: () => Promise<Kept>): Promise<Kept> {
      const known = entries.get(key);
      if (known?.owner === owner) {
        entries.delete(key);
        entries.set(key, known);
        return known.kept as Promise<Kept>;
      }
      if (known) drop(key, known);
      for (const [oldest, entry] of [...entries].slice(0, Math.max(0, entries.size + 1 - limit))) drop(oldest, entry);
      const kept = make();
      const entry = { owner, kept };
      entries.set(key, entry);
      kept.catch(() => {
        if (entries.get(key) === entry) entries.delete(key);
      });
      return kept;
    },
    forget(owner) {
      for (const [key, entry] of [...entries]) if (owner === undefined || entry.owner === owner) drop(key, entry);
    },
  };
}

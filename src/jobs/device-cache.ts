/** A small cache of things that hold device memory. */
import type { CacheLease } from "./job-context.ts";

interface Entry {
  readonly owner: object;
  readonly kept: Promise<{ dispose(): void }>;
  /** A job has it. */
  isTaken: boolean;
  /** Whether the entry is to be disposed of when the job that has it gives it back. */
  isDoomed: boolean;
}

export interface DeviceCache {
  /** What one job takes, until it gives all of it back. */
  lease(): CacheLease;
  /** Disposes of everything that belongs to `owner`, or of all; of what a job has, once that gives it back. */
  forget(owner?: object): void;
}

/**
 * Keeps at most `limit` things that no job has, those used last. What a job has taken no other gets, even while that job
 * gives way: a second one of the same key is made for it.
 */
export function createDeviceCache(limit: number): DeviceCache {
  const entries = new Map<string, Entry>();

  const drop = (key: string, entry: Entry) => {
    if (entries.get(key) === entry) entries.delete(key);
    if (entry.isTaken) {
      entry.isDoomed = true;
      return;
    }
    entry.kept.then(
      (resource) => resource.dispose(),
      () => {},
    );
  };

  const dropOldest = () => {
    const free = [...entries].filter(([, { isTaken }]) => !isTaken);
    for (const [key, entry] of free.slice(0, Math.max(0, free.length - limit))) drop(key, entry);
  };

  /** The key itself, or the first of its numbered twins that no job has. */
  const freeKey = (key: string): string => {
    for (let twin = 1; ; twin++) {
      const name = twin === 1 ? key : `${key}\n${twin}`;
      if (!entries.get(name)?.isTaken) return name;
    }
  };

  return {
    lease() {
      const taken: [key: string, entry: Entry][] = [];
      return {
        async get<Kept extends { dispose(): void }>(
          key: string,
          owner: object,
          make: () => Promise<Kept>,
        ): Promise<Kept> {
          const own = taken.find(([name, entry]) => name.split("\n")[0] === key && entry.owner === owner);
          if (own) return own[1].kept as Promise<Kept>;
          const name = freeKey(key);
          const known = entries.get(name);
          if (known && known.owner !== owner) drop(name, known);
          const isKnown = known?.owner === owner;
          const entry = isKnown ? known : { owner, kept: make(), isTaken: true, isDoomed: false };
          entry.isTaken = true;
          // Moved to the end: the one used last.
          entries.delete(name);
          entries.set(name, entry);
          taken.push([name, entry]);
          dropOldest();
          entry.kept.catch(() => {
            if (entries.get(name) === entry) entries.delete(name);
          });
          return entry.kept as Promise<Kept>;
        },
        release() {
          for (const [name, entry] of taken.splice(0)) {
            entry.isTaken = false;
            if (entry.isDoomed) drop(name, entry);
          }
          dropOldest();
        },
      };
    },
    forget(owner) {
      for (const [key, entry] of [...entries]) if (owner === undefined || entry.owner === owner) drop(key, entry);
    },
  };
}

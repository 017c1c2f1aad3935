/** Undo and redo over immutable values. Changes under one key in quick succession count as one, or as none where they lead back. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** Key and time of the last change, to merge the next one of the same drag into it. */
  readonly last: { readonly key: string; readonly atMs: number } | null;
}

const mergeWithinMs = 800;
const maximumDepth = 200;

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], last: null };
}

export function recordChange<T>(history: History<T>, next: T, key: string, atMs: number): History<T> {
  if (Object.is(next, history.present)) return history;
  const merges = history.last !== null && history.last.key === key && atMs - history.last.atMs < mergeWithinMs;
  const start = history.past.at(-1);
  if (merges && start !== undefined && JSON.stringify(start) === JSON.stringify(next))
    return { past: history.past.slice(0, -1), present: start, future: [], last: null };
  const past = merges ? history.past : [...history.past, history.present].slice(-maximumDepth);
  return { past, present: next, future: [], last: { key, atMs } };
}

export function undo<T>(history: History<T>): History<T> {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: previous,
    future: [history.present, ...history.future],
    last: null,
  };
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, last: null };
}

/**
 * One writer of a run at a time, over all tabs and workers of the browser (Web Locks), and any number of readers. Where
 * there are no Web Locks (an insecure page, Node) the order holds within this thread only.
 */

export type LockMode = "exclusive" | "shared";

/** Runs the task once the lock is granted, and gives the lock back however it ends. */
export function withRunLock<T>(runId: string, mode: LockMode, task: () => Promise<T>): Promise<T> {
  const name = `basin-run:${runId}`;
  const locks = globalThis.navigator?.locks;
  return locks ? Promise.resolve(locks.request(name, { mode }, task)) : inTurn(name, task);
}

const lastTasks = new Map<string, Promise<unknown>>();

function inTurn<T>(name: string, task: () => Promise<T>): Promise<T> {
  const before = lastTasks.get(name) ?? Promise.resolve();
  const result = before.then(task, task);
  lastTasks.set(name, result);
  const forget = () => {
    if (lastTasks.get(name) === result) lastTasks.delete(name);
  };
  result.then(forget, forget);
  return result;
}

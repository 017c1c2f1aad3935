/** A browser's Web Locks for several pages in one process: as much of them as tab locks use. */

interface Waiting {
  readonly mode: LockMode;
  readonly work: (lock: Lock | null) => unknown;
  readonly settle: (outcome: Promise<unknown>) => void;
  readonly fail: (reason: unknown) => void;
}

export function createFakeLocks(): LockManager {
  const held: { readonly name: string; readonly mode: LockMode }[] = [];
  const queues = new Map<string, Waiting[]>();

  const admit = (name: string) => {
    const queue = queues.get(name) ?? [];
    const next = queue[0];
    if (!next) return;
    const others = held.filter((lock) => lock.name === name);
    if (others.length > 0 && (next.mode === "exclusive" || others.some(({ mode }) => mode === "exclusive"))) return;
    queue.shift();
    const lock = { name, mode: next.mode };
    held.push(lock);
    const outcome = Promise.resolve(next.work(lock));
    const release = () => {
      held.splice(held.indexOf(lock), 1);
      admit(name);
    };
    outcome.then(release, release);
    next.settle(outcome);
    admit(name);
  };

  const request = (name: string, options: LockOptions, work: Waiting["work"]): Promise<unknown> =>
    new Promise((settle, fail) => {
      const waiting = { mode: options.mode ?? "exclusive", work, settle, fail };
      queues.set(name, [...(queues.get(name) ?? []), waiting]);
      options.signal?.addEventListener("abort", () => {
        const queue = queues.get(name) ?? [];
        if (!queue.includes(waiting)) return;
        queue.splice(queue.indexOf(waiting), 1);
        fail(options.signal?.reason);
      });
      queueMicrotask(() => admit(name));
    });
  return { request: request as LockManager["request"], query: async () => ({ held: [...held], pending: [] }) };
}

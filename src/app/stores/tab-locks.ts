/**
 * Work that one tab of the browser does at a time, each kind under a Web Lock of its name, and what other tabs do of it now. A
 * tab that is closed or crashes lets go of its locks by itself.
 */
import { createStore, type StoreApi } from "zustand/vanilla";

const ours = "basin work: ";
export const sweepLock = `${ours}sweep`;
export const trainingLock = (runId: string): string => `${ours}training ${runId}`;

export interface Elsewhere {
  /** Locks that other tabs hold. */
  readonly names: ReadonlySet<string>;
}

export interface TabLocks {
  /** Resolves with what lets go of it, or null while another tab holds it. */
  hold(name: string): Promise<(() => void) | null>;
  readonly elsewhere: StoreApi<Elsewhere>;
  /** Reads anew what other tabs hold; it is also followed as it changes. */
  look(): Promise<void>;
}

const channelName = "basin-work";
/** A tab that waits for the end of another's work holds its lock for a moment. */
const patienceMs = 500;

/**
 * Locks that other tabs see. Without Web Locks (an insecure page) nothing is known of other tabs, and nothing is
 * refused.
 */
export function createTabLocks(locks: LockManager | undefined): TabLocks {
  const elsewhere = createStore<Elsewhere>(() => ({ names: new Set() }));
  if (!locks) return { elsewhere, hold: async () => () => {}, look: async () => {} };
  const own = new Set<string>();
  const awaited = new Set<string>();
  const channel = new BroadcastChannel(channelName);

  const look = async () => {
    const { held = [] } = await locks.query();
    const names = new Set<string>();
    for (const { name, mode } of held)
      if (name?.startsWith(ours) && mode === "exclusive" && !own.has(name)) names.add(name);
    for (const name of names) void awaitEnd(name);
    const before = elsewhere.getState().names;
    if (names.size !== before.size || [...names].some((name) => !before.has(name))) elsewhere.setState({ names });
  };
  const awaitEnd = async (name: string) => {
    if (awaited.has(name)) return;
    awaited.add(name);
    await locks.request(name, { mode: "shared" }, () => undefined);
    awaited.delete(name);
    await look();
  };
  channel.onmessage = () => void look();

  return {
    elsewhere,
    look,
    async hold(name) {
      await look();
      if (elsewhere.getState().names.has(name)) return null;
      return new Promise((resolve, reject) => {
        const working = () => {
          own.add(name);
          channel.postMessage(name);
          return new Promise<void>((release) => resolve(release));
        };
        locks
          .request(name, { signal: AbortSignal.timeout(patienceMs) }, working)
          .then(() => own.delete(name))
          .catch((error: unknown) => {
            if (error instanceof DOMException && error.name === "TimeoutError") resolve(null);
            else reject(error);
          });
      });
    },
  };
}

/** For people, where something is refused. */
export const trainsElsewhere = "It is training in another tab of this browser.";

/** This browser's storage. Figures are those of the whole site, as the browser estimates them. */
import type { StorageDevice } from "./runs-store.ts";

export const browserStorage: StorageDevice = {
  async use() {
    if (!navigator.storage?.estimate) return null;
    const [{ usage, quota }, persisted] = await Promise.all([
      navigator.storage.estimate(),
      navigator.storage.persisted(),
    ]);
    if (usage === undefined || quota === undefined) return null;
    return { usedBytes: usage, leftBytes: Math.max(0, quota - usage), persisted };
  },
  persist: async () => (navigator.storage?.persist ? navigator.storage.persist() : false),
};

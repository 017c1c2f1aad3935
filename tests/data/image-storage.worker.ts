/** Loads one stored set in a worker and saves it under another name. */
import { loadImageSet, openRecords, saveImageSet } from "../../src/data/image-storage.ts";

self.addEventListener("message", async ({ data }: MessageEvent<{ load: string; save: string }>) => {
  const records = await openRecords();
  const set = await loadImageSet(data.load, records);
  if (set !== null) await saveImageSet(data.save, set, "saved by a worker", records);
  self.postMessage({ kind: records.kind, count: set?.count ?? null });
});

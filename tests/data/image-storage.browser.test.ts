import { describe, expect, test } from "vitest";
import { cdp } from "vitest/browser";
import { StorageFullError } from "../../src/data/data-error.ts";
import { loadImageSet, openRecords, saveImageSet, storedSets } from "../../src/data/image-storage.ts";
import { openIndexedDbRecords } from "../../src/data/indexeddb-records.ts";
import { openOpfsRecords } from "../../src/data/opfs-records.ts";
import type { RecordStore } from "../../src/data/stored-records.ts";
import { expectSameImages } from "./expect-same-images.ts";
import { testRecordStore } from "./record-store-suite.ts";
import { picturesOf } from "./synthetic-pictures.ts";

const openOpfs = async (): Promise<RecordStore> => openOpfsRecords(await navigator.storage.getDirectory());

testRecordStore("the private file system", openOpfs);
testRecordStore("IndexedDB", openIndexedDbRecords);

test("the private file system is preferred", async () => expect((await openRecords()).kind).toBe("opfs"));

/** Leaves this origin no room while `work` runs. */
async function onFullDisk(work: () => Promise<void>): Promise<void> {
  await cdp().send("Storage.overrideQuotaForOrigin", { origin: location.origin, quotaSize: 1 });
  try {
    await work();
  } finally {
    await cdp().send("Storage.overrideQuotaForOrigin", { origin: location.origin });
  }
}

test("a full disk is a named error, and what was stored before is still there", async () => {
  const store = await openOpfs();
  const before = picturesOf(20);
  await saveImageSet("precious", before, "the first", store);
  await onFullDisk(async () => {
    const saving = saveImageSet("precious", picturesOf(800, 1), "too large", store);
    await expect(saving).rejects.toBeInstanceOf(StorageFullError);
    await expect(saving).rejects.toThrow(/no room for 2\.5 MB.*Nothing that was stored has changed/);
  });
  expectSameImages(await loadImageSet("precious", store), before);
  expect((await storedSets(store)).find((set) => set.name === "precious")?.note).toBe("the first");
  await saveImageSet("precious", picturesOf(5, 2), "with room again", store);
  expectSameImages(await loadImageSet("precious", store), picturesOf(5, 2));
});

describe("the private file system", () => {
  const folder = async () => (await navigator.storage.getDirectory()).getDirectoryHandle("basin-image-sets");
  const names = async (start: string): Promise<string[]> => {
    const found: string[] = [];
    for await (const name of (await folder()).keys()) if (name.startsWith(start)) found.push(name);
    return found.sort();
  };

  test("keeps one file of bytes a set, and clears what a cut-off save left", async () => {
    const store = await openOpfs();
    await saveImageSet("tidy", picturesOf(2), "", store);
    const leftOver = await (await folder()).getFileHandle("tidy-left-over.bin", { create: true });
    expect(await (await leftOver.getFile()).text()).toBe("");
    await saveImageSet("tidy", picturesOf(3), "", store);
    expect(await names("tidy")).toEqual([expect.stringMatching(/^tidy-[0-9a-f-]{36}\.bin$/), "tidy.json"]);
    await store.remove("tidy");
    expect(await names("tidy")).toEqual([]);
  });

  test("refuses a set whose manifest is no JSON, and lists the others", async () => {
    const store = await openOpfs();
    await saveImageSet("sound", picturesOf(2), "", store);
    const handle = await (await folder()).getFileHandle("broken.json", { create: true });
    const writable = await handle.createWritable();
    await writable.write("{ half");
    await writable.close();
    await expect(loadImageSet("broken", store)).rejects.toThrow(/description is damaged/);
    const listed = (await storedSets(store)).map((set) => set.name);
    expect(listed).toContain("sound");
    expect(listed).not.toContain("broken");
    await store.remove("broken");
  });

  test("serves a worker what a page saved, and the reverse", async () => {
    const store = await openOpfs();
    await saveImageSet("shared-in", picturesOf(7), "", store);
    const worker = new Worker(new URL("./image-storage.worker.ts", import.meta.url), { type: "module" });
    const answer = await new Promise<unknown>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage({ load: "shared-in", save: "shared-out" });
    });
    worker.terminate();
    expect(answer).toEqual({ kind: "opfs", count: 7 });
    expectSameImages(await loadImageSet("shared-out", store), picturesOf(7));
  });
});

import { expect, test, vi } from "vitest";
import { StorageFullError, StorageRefusedError } from "../../src/data/data-error.ts";
import { loadImageSet, openRecords, saveImageSet, storedSets } from "../../src/data/image-storage.ts";
import { openIndexedDbRecords } from "../../src/data/indexeddb-records.ts";
import { expectSameImages } from "./expect-same-images.ts";
import { testRecordStore } from "./record-store-suite.ts";
import { picturesOf } from "./synthetic-pictures.ts";

testRecordStore("IndexedDB (simulated)", openIndexedDbRecords);

// Chromium does not enforce a changed quota on IndexedDB at once, so its full disk is simulated here.
test.each(["bytes", "manifests"])("a full disk while writing %s loses nothing of what was stored", async (name) => {
  const store = await openIndexedDbRecords();
  await saveImageSet("precious", picturesOf(4), "the first", store);
  const put = IDBObjectStore.prototype.put;
  const full = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...args) {
    if (this.name === name) throw new DOMException("no room", "QuotaExceededError");
    return put.apply(this, args);
  });
  await expect(saveImageSet("precious", picturesOf(9, 1), "too large", store)).rejects.toBeInstanceOf(StorageFullError);
  full.mockRestore();
  expectSameImages(await loadImageSet("precious", store), picturesOf(4));
  expect((await storedSets(store)).find((set) => set.name === "precious")?.note).toBe("the first");
});

test("a transaction that fails as a whole says why", async () => {
  const store = await openIndexedDbRecords();
  const put = IDBObjectStore.prototype.put;
  const aborting = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
    this: IDBObjectStore,
    ...args
  ) {
    const request = put.apply(this, args);
    const { transaction } = this;
    Object.defineProperty(transaction, "error", { value: new DOMException("no room", "QuotaExceededError") });
    transaction.abort();
    return request;
  });
  await expect(saveImageSet("other", picturesOf(1), "", store)).rejects.toBeInstanceOf(StorageFullError);
  aborting.mockRestore();
});

test("without a private file system IndexedDB is used", async () => {
  expect((await openRecords()).kind).toBe("indexeddb");
});

test("without either, storage is refused by name", async () => {
  vi.stubGlobal("indexedDB", undefined);
  await expect(openRecords()).rejects.toBeInstanceOf(StorageRefusedError);
  vi.unstubAllGlobals();
});

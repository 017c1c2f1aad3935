/** What every place for image sets must do; run over IndexedDB (in Node and in Chromium) and the private file system. */
import { describe, expect, test } from "vitest";
import { StorageCorruptError, StorageFullError, StorageRefusedError } from "../../src/data/data-error.ts";
import { deleteImageSet, loadImageSet, saveImageSet, storedSets } from "../../src/data/image-storage.ts";
import type { RecordStore } from "../../src/data/stored-records.ts";
import { expectSameImages } from "./expect-same-images.ts";
import { picturesOf } from "./synthetic-pictures.ts";

export function testRecordStore(name: string, openStore: () => Promise<RecordStore>): void {
  describe(`image sets in ${name}`, () => {
    test("come back as they were saved, and are listed", async () => {
      const store = await openStore();
      const [train, held] = [picturesOf(30), picturesOf(10, 1)];
      await saveImageSet("kept-train", train, "made by a test", store);
      await saveImageSet("kept-test", held, "made by a test", store);
      const again = await openStore();
      const loaded = await loadImageSet("kept-train", again);
      expectSameImages(loaded, train);
      expect(loaded).toMatchObject({ channels: 3, height: 32, width: 32, classNames: train.classNames });
      expectSameImages(await loadImageSet("kept-test", again), held);
      const listed = (await storedSets(again)).filter((set) => set.name.startsWith("kept-"));
      expect(listed).toMatchObject([
        { name: "kept-test", count: 10, bytes: 10 * 3073, note: "made by a test" },
        { name: "kept-train", count: 30, bytes: 30 * 3073 },
      ]);
      expect(Math.abs(listed[0].savedAtMs - Date.now())).toBeLessThan(60_000);
    });

    test("are null where nothing was saved", async () => {
      expect(await loadImageSet("nothing", await openStore())).toBeNull();
      await deleteImageSet("nothing", await openStore());
    });

    test("are replaced whole, and deleted", async () => {
      const store = await openStore();
      await saveImageSet("changing", picturesOf(5), "first", store);
      await saveImageSet("changing", picturesOf(3, 1), "second", store);
      expectSameImages(await loadImageSet("changing", store), picturesOf(3, 1));
      await deleteImageSet("changing", store);
      expect(await loadImageSet("changing", store)).toBeNull();
      expect((await storedSets(store)).some((set) => set.name === "changing")).toBe(false);
    });

    test("whose bytes were changed, cut or lost are refused", async () => {
      const store = await openStore();
      const manifest = await saveImageSet("damaged", picturesOf(4), "", store);
      const { bytes } = (await store.get("damaged")) ?? { bytes: new Uint8Array(0) };
      const changed = bytes.slice();
      changed[5000] ^= 1;
      for (const [wrong, message] of [
        [changed, /not those that were saved/],
        [bytes.slice(0, 1000), /has 1000 bytes, and 12292 were saved/],
        [new Uint8Array(0), /has 0 bytes/],
      ] as const) {
        await store.put(manifest, wrong);
        await expect(loadImageSet("damaged", store)).rejects.toThrow(message);
        await expect(loadImageSet("damaged", store)).rejects.toBeInstanceOf(StorageCorruptError);
      }
      await store.put({ ...manifest, count: 5 }, bytes.slice());
      await expect(loadImageSet("damaged", store)).rejects.toThrow(/description is damaged/);
      expect((await storedSets(store)).some((set) => set.name === "damaged")).toBe(false);
    });

    test("say when the disk is full or storage is refused", async () => {
      const refusing = async (error: DOMException): Promise<RecordStore> => ({
        ...(await openStore()),
        put: () => Promise.reject(error),
        get: () => Promise.reject(error),
      });
      const full = await refusing(new DOMException("too much", "QuotaExceededError"));
      await expect(saveImageSet("full", picturesOf(1), "", full)).rejects.toBeInstanceOf(StorageFullError);
      await expect(saveImageSet("full", picturesOf(1), "", full)).rejects.toThrow(
        /no room for 0\.0 MB.*Nothing that was stored has changed.*Free disk space/,
      );
      const blocked = await refusing(new DOMException("blocked", "SecurityError"));
      await expect(saveImageSet("full", picturesOf(1), "", blocked)).rejects.toBeInstanceOf(StorageRefusedError);
      await expect(loadImageSet("full", blocked)).rejects.toThrow(/cannot be used \(blocked\).*private window/);
    });

    test("have names that are safe as file names", async () => {
      const store = await openStore();
      for (const bad of ["", "a/b", "..", "A", "x".repeat(65)])
        await expect(saveImageSet(bad, picturesOf(1), "", store)).rejects.toBeInstanceOf(RangeError);
    });
  });
}

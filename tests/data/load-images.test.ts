import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserImages, storedName } from "../../src/data/browser-images.ts";
import { DataFormatError, DataMissingError, SubsetError } from "../../src/data/data-error.ts";
import { concatenateImages, gatherImages } from "../../src/data/image-set.ts";
import { saveImageSet } from "../../src/data/image-storage.ts";
import { type DataRequest, loadImages } from "../../src/data/load-images.ts";
import { nodeImages } from "../../src/data/node-files.ts";
import { expectSameImages } from "./expect-same-images.ts";
import { gzipOf } from "./gzip.ts";
import { officialEntries, recordsOf, tarOf } from "./made-files.ts";
import { picturesOf } from "./synthetic-pictures.ts";

const all = { select: "first", seed: 0 } as const;
const cifar10 = (path?: string, train: DataRequest["train"] = all): DataRequest => ({
  source: "cifar10",
  path,
  train,
  test: all,
});

describe("the synthetic set", () => {
  const request = (train: DataRequest["train"]): DataRequest => ({ source: "synthetic", train, test: all });

  test("needs no reader's help, and its first pictures are the whole set's first", async () => {
    expectSameImages(await loadImages(request({ ...all, count: 40 }), "train", nodeImages), picturesOf(40));
  });

  test("gives balanced subsets, in ascending order of the whole set", async () => {
    const subset = await loadImages(request({ count: 40, select: "balanced", seed: 3 }), "train", nodeImages);
    expect([...subset.labels].sort()).toEqual(Array.from({ length: 40 }, (_, i) => Math.floor(i / 4)));
    const again = await loadImages(request({ count: 40, select: "balanced", seed: 3 }), "train", browserImages);
    expectSameImages(again, subset);
  });

  test("is refused beyond its size", () =>
    expect(loadImages(request({ ...all, count: 50_001 }), "train", nodeImages)).rejects.toThrow(
      /The synthetic training images: 50001 images were asked for, and there are 50000/,
    ));
});

describe("files on disk", () => {
  let folder = "";
  const at = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "basin-files-"));
    for (const name of ["official", "sample", "parts", "mixed"]) mkdirSync(at(name));
    for (const batch of [1, 2]) writeFileSync(at(`official/data_batch_${batch}.bin`), recordsOf(10, batch));
    writeFileSync(at("official/test_batch.bin"), recordsOf(5, 9));
    writeFileSync(at("official/readme.html"), "<html></html>");
    writeFileSync(at("sample/train_20.bin"), recordsOf(20, 3));
    writeFileSync(at("parts/train_4000.bin"), recordsOf(4, 1));
    writeFileSync(at("parts/test_1000.bin"), recordsOf(3, 9));
    writeFileSync(at("parts/README.md"), "Part of CIFAR-10.");
    writeFileSync(at("mixed/train_20.bin"), recordsOf(2, 3));
    writeFileSync(at("mixed/data_batch_1.bin"), recordsOf(2, 3));
    writeFileSync(at("archive.tar.gz"), gzipOf(await tarOf(officialEntries(2))));
    writeFileSync(at("cut.bin"), recordsOf(2).slice(0, 5000));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("in a folder go to their splits by either habit of naming", async () => {
    expectSameImages(
      await loadImages(cifar10(at("official")), "train", nodeImages),
      concatenateImages([picturesOf(10, 1), picturesOf(10, 2)]),
    );
    expectSameImages(await loadImages(cifar10(at("official")), "test", nodeImages), picturesOf(5, 9));
    expectSameImages(await loadImages(cifar10(at("sample")), "train", nodeImages), picturesOf(20, 3));
    expectSameImages(await loadImages(cifar10(at("parts")), "train", nodeImages), picturesOf(4, 1));
    expectSameImages(await loadImages(cifar10(at("parts")), "test", nodeImages), picturesOf(3, 9));
  });

  test("give the subset that is asked for, and say when they cannot", async () => {
    const chosen = await loadImages(cifar10(at("sample"), { ...all, count: 7 }), "train", nodeImages);
    expectSameImages(chosen, gatherImages(picturesOf(20, 3), Int32Array.of(0, 1, 2, 3, 4, 5, 6)));
    const tooMany = loadImages(cifar10(at("sample"), { ...all, count: 21 }), "train", nodeImages);
    await expect(tooMany).rejects.toBeInstanceOf(SubsetError);
    await expect(tooMany).rejects.toThrow(/The CIFAR-10 training images: 21 .* there are 20/);
  });

  test("when one is named, serve as training images, and test files beside it as test images", async () => {
    expectSameImages(await loadImages(cifar10(at("sample/train_20.bin")), "train", nodeImages), picturesOf(20, 3));
    expectSameImages(await loadImages(cifar10(at("official/test_batch.bin")), "train", nodeImages), picturesOf(5, 9));
    expectSameImages(await loadImages(cifar10(at("official/data_batch_1.bin")), "test", nodeImages), picturesOf(5, 9));
    for (const alone of ["sample/train_20.bin", "official/test_batch.bin"]) {
      const missing = loadImages(cifar10(at(alone)), "test", nodeImages);
      await expect(missing).rejects.toBeInstanceOf(DataMissingError);
      await expect(missing).rejects.toThrow(/no other file beside it holds test images.*Name a folder that holds/);
    }
  });

  test("may be an archive", async () => {
    expect((await loadImages(cifar10(at("archive.tar.gz")), "train", nodeImages)).count).toBe(10);
    expectSameImages(await loadImages(cifar10(at("archive.tar.gz")), "test", nodeImages), picturesOf(2, 9));
  });

  test.each([
    ["sample", "test", DataMissingError, /sample: The folder holds no test images.*test\*\.bin/],
    ["nowhere", "train", DataMissingError, /nowhere: It cannot be read \(ENOENT/],
    ["cut.bin", "train", DataFormatError, /cut\.bin: 5000 bytes are not whole records/],
    ["mixed", "train", DataFormatError, /two copies of the training images/],
  ] as const)("are refused by name: %s for %s", async (name, split, type, message) => {
    const loading = loadImages(cifar10(at(name)), split, nodeImages);
    await expect(loading).rejects.toBeInstanceOf(type);
    await expect(loading).rejects.toThrow(message);
  });

  test("need a path", () =>
    expect(loadImages(cifar10(), "train", nodeImages)).rejects.toThrow(/no path says where its files are/));
});

describe("the browser's copy", () => {
  test("is read split by split, and missed by name", async () => {
    await expect(loadImages(cifar10(), "train", browserImages)).rejects.toBeInstanceOf(DataMissingError);
    await expect(loadImages(cifar10(), "test", browserImages)).rejects.toThrow(/holds no test images.*download/);
    await saveImageSet(storedName("cifar10", "train"), picturesOf(6, 1), "made by a test");
    await saveImageSet(storedName("cifar10", "test"), picturesOf(3, 9), "made by a test");
    expectSameImages(await loadImages(cifar10(), "train", browserImages), picturesOf(6, 1));
    expectSameImages(await loadImages(cifar10(), "test", browserImages), picturesOf(3, 9));
  });
});

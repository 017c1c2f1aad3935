import { describe, expect, test, vi } from "vitest";
import { DataFormatError, DataMissingError } from "../../src/data/data-error.ts";
import { concatenateImages } from "../../src/data/image-set.ts";
import { maxArchiveBytes } from "../../src/data/sets/cifar10/archive.ts";
import { importCifar10 } from "../../src/data/sets/cifar10/import.ts";
import { cifar10RecordBytes } from "../../src/data/sets/cifar10/records.ts";
import type { ImportProgress } from "../../src/data/sets/data-set.ts";
import { expectSameImages } from "./expect-same-images.ts";
import { gzipOf } from "./gzip.ts";
import {
  type Bytes,
  type MadeEntry,
  officialEntries,
  parquetOf,
  pngsOf,
  recordsOf,
  tarHeaderOf,
  tarOf,
} from "./made-files.ts";
import { picturesOf } from "./synthetic-pictures.ts";

vi.setConfig({ testTimeout: 60_000 });

const perBatch = 20;
const officialTar = await tarOf(officialEntries(perBatch));
const officialArchive = gzipOf(officialTar);
const officialTrain = concatenateImages([
  picturesOf(perBatch, 1),
  picturesOf(perBatch, 2),
  picturesOf(perBatch, 3),
  picturesOf(perBatch, 4),
  picturesOf(perBatch, 5),
]);
// Pictures of the synthetic set under CIFAR's labels: only the class names differ.
const officialTest = picturesOf(perBatch, 9);

const fileOf = (name: string, bytes: Bytes | ArrayBuffer) => new File([bytes], name);
const importOne = (name: string, bytes: Bytes | ArrayBuffer) => importCifar10([fileOf(name, bytes)]);

async function expectRefusal(importing: Promise<unknown>, message: RegExp): Promise<void> {
  await expect(importing).rejects.toThrow(message);
  await expect(importing).rejects.toBeInstanceOf(DataFormatError);
}

describe("the official archive", () => {
  test("gives both splits, the batches in the order of their numbers, and says that they are partial", async () => {
    const { train, test: held, notes } = await importOne("cifar-10-binary.tar.gz", officialArchive);
    expectSameImages(train, officialTrain);
    expectSameImages(held, officialTest);
    expect(train?.classNames[9]).toBe("truck");
    expect(notes).toEqual(["A part of the training images: 100 of 50000.", "A part of the test images: 20 of 10000."]);
  });

  test("is known by its contents: unpacked by the browser, or renamed", async () => {
    for (const [name, bytes] of [
      ["cifar-10-binary.tar", officialTar],
      ["download", officialArchive],
    ] as const) {
      expectSameImages((await importOne(name, bytes)).train, officialTrain);
    }
  });

  test("reports progress up to its size", async () => {
    const steps: ImportProgress[] = [];
    await importCifar10([fileOf("a.tar.gz", officialArchive)], { onProgress: (step) => steps.push(step) });
    expect(steps.at(-1)).toEqual({ phase: "reading", done: officialArchive.length, total: officialArchive.length });
  });

  test("stops when it is told to", async () => {
    const controller = new AbortController();
    const importing = importCifar10([fileOf("a.tar.gz", officialArchive)], {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(importing).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("a damaged archive is refused", () => {
  test.each([0.1, 0.5, 0.99])("when %f of its gzip stream is there", (fraction) =>
    expectRefusal(
      importOne("cut.tar.gz", officialArchive.slice(0, officialArchive.length * fraction)),
      /cut\.tar\.gz: The gzip stream is damaged or cut off after \d+ bytes .* Fetch the archive again/,
    ),
  );

  test("when one bit of it is wrong", () => {
    const bytes = officialArchive.slice();
    bytes[bytes.length >> 1] ^= 4;
    return expectRefusal(importOne("bit.tar.gz", bytes), /bit\.tar\.gz/);
  });

  test("when only its checksum is wrong", () => {
    const bytes = officialArchive.slice();
    bytes[bytes.length - 8] ^= 1;
    return expectRefusal(importOne("sum.tar.gz", bytes), /gzip stream is damaged/);
  });

  test.each([0.3, 0.9])("when %f of its tar archive is there", async (fraction) =>
    expectRefusal(
      importOne("cut.tar.gz", gzipOf(officialTar.slice(0, officialTar.length * fraction))),
      /The tar archive is damaged or cut off/,
    ),
  );

  test("when a tar header is damaged", async () => {
    const bytes = officialTar.slice();
    bytes[512 + 3] ^= 1;
    await expectRefusal(importOne("header.tar.gz", gzipOf(bytes)), /tar archive is damaged .*checksum/);
  });

  test("when a record file in it is truncated", async () => {
    const data = recordsOf(3).slice(0, 5000);
    await expectRefusal(
      importOne("a.tar.gz", gzipOf(await tarOf([{ name: "data_batch_1.bin", data }]))),
      /data_batch_1\.bin: 5000 bytes are not whole records/,
    );
  });
});

describe("a hostile or foreign archive is refused", () => {
  const importEntries = async (entries: readonly MadeEntry[]) => importOne("odd.tar.gz", gzipOf(await tarOf(entries)));
  const data = recordsOf(1);

  test.each([
    ["data_batch_1.bin", 160_000_000],
    ["readme.html", 70_000],
  ])("when its %s is said to have %d bytes", (name, size) =>
    expectRefusal(
      importOne("bomb.tar.gz", gzipOf(tarHeaderOf(name, size))),
      new RegExp(`${name}: The file is said to have ${size} bytes`),
    ),
  );

  test("when its files together pass the bound: nothing beyond it is unpacked", async () => {
    const entry = new Uint8Array(512 + 93_000_192);
    entry.set(tarHeaderOf("data_batch_1.bin", 93_000_192));
    const bomb = gzipOf(new Uint8Array(await new Blob([entry, entry, entry]).arrayBuffer()));
    expect(bomb.length).toBeLessThan(400_000);
    await expectRefusal(importOne("bomb.tar.gz", bomb), new RegExp(`unpacks to more than ${maxArchiveBytes} bytes`));
  });

  test("when it has too many entries", () =>
    expectRefusal(
      importEntries(Array.from({ length: 65 }, (_, i) => ({ name: `folder-${i}/`, type: "directory" as const }))),
      /more than 64 entries/,
    ));

  test("when it holds a file that is no part of CIFAR-10", () =>
    expectRefusal(
      importEntries([
        { name: "data_batch_1.bin", data },
        { name: "../../evil.sh", data },
      ]),
      /contains "\.\.\/\.\.\/evil\.sh" \(file\), which is no part of CIFAR-10/,
    ));

  test("when it holds a link", () =>
    expectRefusal(
      importEntries([{ name: "data_batch_1.bin", type: "symlink", linkname: "secret" }]),
      /\(symlink\), which is no part/,
    ));

  test("when it is the Python version, or CIFAR-100", async () => {
    await expectRefusal(importEntries([{ name: "cifar-10-batches-py/data_batch_4", data }]), /Python version/);
    await expectRefusal(importEntries([{ name: "cifar-100-binary/fine_label_names.txt", data }]), /This is CIFAR-100/);
  });

  test("when there is nothing in it", () =>
    expectRefusal(importEntries([{ name: "cifar-10-batches-bin/", type: "directory" }]), /no record files/));
});

describe("record files", () => {
  test("go to their splits by name and are joined in the order of their numbers", async () => {
    const {
      train,
      test: held,
      notes,
    } = await importCifar10([
      fileOf("data_batch_2.bin", recordsOf(3, 2)),
      fileOf("test_batch.bin", recordsOf(2, 9)),
      fileOf("data_batch_1.bin", recordsOf(3, 1)),
    ]);
    expectSameImages(train, concatenateImages([picturesOf(3, 1), picturesOf(3, 2)]));
    expectSameImages(held, picturesOf(2, 9));
    expect(notes).toHaveLength(2);
  });

  test("of one split alone are taken, and the missing one is said", async () => {
    const { test: held, notes } = await importOne("train_4000.bin", recordsOf(4));
    expect(held).toBeNull();
    expect(notes).toContain("No test images were given.");
  });

  test("are refused when their name says no split, or two have one name", async () => {
    await expectRefusal(importOne("images.bin", recordsOf(1)), /images\.bin: The name says neither/);
    await expectRefusal(importOne("holiday.jpg", recordsOf(1)), /holiday\.jpg: The name says neither/);
    const twice = [fileOf("data_batch_1.bin", recordsOf(1)), fileOf("data_batch_1.bin", recordsOf(1))];
    await expectRefusal(importCifar10(twice), /Two files have this name/);
  });

  test("are refused when they hold more images than CIFAR-10", () =>
    expectRefusal(
      importOne("test_batch.bin", new Uint8Array(10_001 * cifar10RecordBytes)),
      /they hold 10001 images; CIFAR-10 has 10000/,
    ));
});

describe("other files", () => {
  test("of Hugging Face's parquet are taken, beside record files of the other split", async () => {
    const set = picturesOf(3, 4);
    const { train, test: held } = await importCifar10([
      fileOf("train-00000-of-00001.parquet", parquetOf(pngsOf(set), [...set.labels])),
      fileOf("test_batch.bin", recordsOf(2, 9)),
    ]);
    expectSameImages(train, set);
    expectSameImages(held, picturesOf(2, 9));
  });

  test("that give a split twice are refused", async () => {
    const parquet = parquetOf(pngsOf(picturesOf(1)), [0]);
    await expectRefusal(
      importCifar10([fileOf("train.parquet", parquet), fileOf("data_batch_1.bin", recordsOf(1))]),
      /another source of train images/,
    );
    await expectRefusal(
      importCifar10([fileOf("train-0.parquet", parquet), fileOf("train-1.parquet", parquet)]),
      /another source of train images/,
    );
  });

  test("are refused with what would do: a zip, a file larger than CIFAR-10, none at all", async () => {
    await expectRefusal(importOne("a.zip", Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)), /zip archive\. Unpack it/);
    await expectRefusal(importOne("train.bin", new Uint8Array(maxArchiveBytes + 1)), /more than the whole of CIFAR-10/);
    await expect(importCifar10([])).rejects.toBeInstanceOf(DataMissingError);
  });
});

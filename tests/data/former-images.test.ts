/**
 * What Basin kept of CIFAR-10, and how specifications and links named data, at commit fd82236: all of it still opens. The
 * fixtures are four training and two test images as that commit stored them, manifests and bytes.
 */
import { readFileSync } from "node:fs";
import { openDB } from "idb";
import { describe, expect, test, vi } from "vitest";
import { decodeSettings, encodeSettings } from "../../src/app/stores/settings/link.ts";
import { browserImages } from "../../src/data/browser-images.ts";
import type { Split } from "../../src/data/image-set.ts";
import { loadImageSet, storedSets } from "../../src/data/image-storage.ts";
import { type DataRequest, loadImages } from "../../src/data/load-images.ts";
import { openOpfsRecords } from "../../src/data/opfs-records.ts";
import { parseSpec } from "../../src/experiment/parse-spec.ts";
import { expectSameImages } from "./expect-same-images.ts";
import { picturesOf } from "./synthetic-pictures.ts";

const splits = ["train", "test"] as const;
const all = { select: "first", seed: 0 } as const;
const request: DataRequest = { source: "cifar10", train: all, test: all };
const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../fixtures/former-forms/${name}`, import.meta.url)));
const manifestOf = (split: Split) =>
  JSON.parse(new TextDecoder().decode(fixture(`stored-images-${split}.json`))) as { name: string; file: string };
const expected = { train: picturesOf(4, 1), test: picturesOf(2, 9) };

test("images kept in IndexedDB", async () => {
  const database = await openDB("basin-image-sets", 1, {
    upgrade(created) {
      created.createObjectStore("manifests");
      created.createObjectStore("bytes");
    },
  });
  for (const split of splits) {
    const { file: _, ...manifest } = manifestOf(split);
    await database.put("manifests", manifest, manifest.name);
    await database.put("bytes", fixture(`stored-images-${split}.bin`), manifest.name);
  }
  database.close();
  for (const split of splits) expectSameImages(await loadImages(request, split, browserImages), expected[split]);
});

/** As much of a private file system as reading takes. */
function folderOf(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): FileSystemDirectoryHandle {
  const folder = {
    getFileHandle: async (name: string) => {
      const bytes = files.get(name);
      if (!bytes) throw new DOMException(name, "NotFoundError");
      return { getFile: async () => new File([bytes], name) };
    },
    keys: async function* () {
      yield* files.keys();
    },
  };
  return { getDirectoryHandle: async () => folder } as unknown as FileSystemDirectoryHandle;
}

test("images kept in the private file system", async () => {
  const files = splits.flatMap((split) => {
    const { name, file } = manifestOf(split);
    return [
      [`${name}.json`, fixture(`stored-images-${split}.json`)],
      [file, fixture(`stored-images-${split}.bin`)],
    ] as const;
  });
  vi.stubGlobal("navigator", {});
  const records = await openOpfsRecords(folderOf(new Map(files)));
  expect(await storedSets(records)).toMatchObject([
    { name: "cifar10-test", count: 2 },
    { name: "cifar10-train", count: 4 },
  ]);
  for (const split of splits) {
    const kept = await loadImageSet(`cifar10-${split}`, records);
    expect(kept?.labels).toEqual(expected[split].labels);
    expect(kept?.pixels).toEqual(expected[split].pixels);
    expect(kept?.classNames.slice(0, 2)).toEqual(["airplane", "automobile"]);
  }
  vi.unstubAllGlobals();
});

describe("a specification's data", () => {
  const model = { name: "mlp", hidden: [8] };

  test("of files that are named", () => {
    const data = { source: "cifar10", path: "data/cifar-10", train: { count: 200, select: "random", seed: 3 } };
    expect(parseSpec({ model, data })).toMatchObject({
      model: { classes: 10 },
      data: { ...data, test: { count: 500, select: "first", seed: 0 }, augment: false },
    });
  });

  test("of the built-in set, and with more classes than it has", () => {
    const data = { source: "synthetic", train: { select: "first" }, augment: true };
    const spec = parseSpec({ model: { ...model, classes: 12 }, data });
    expect(spec).toMatchObject({
      model: { classes: 12 },
      data: { train: { select: "first", seed: 0 }, augment: true },
    });
    expect(spec.data.train.count).toBeUndefined();
  });
});

test.each([
  ["#data=cifar10", { source: "cifar10", train: { count: 1000, select: "balanced", seed: 0 } }],
  ["#data=cifar10&train=all&test=all", { source: "cifar10", test: { select: "first", seed: 0 } }],
  [
    "#data=synthetic&train=60&trainSelect=random&trainSeed=4&test=20&testSelect=balanced&testSeed=2&augment=true&batchSize=20",
    {
      source: "synthetic",
      train: { count: 60, select: "random", seed: 4 },
      test: { count: 20, select: "balanced", seed: 2 },
      augment: true,
    },
  ],
])("the data of a link, %s", (link, data) => {
  const settings = decodeSettings(link);
  expect(settings.spec.data).toMatchObject(data);
  expect(decodeSettings(encodeSettings(settings))).toEqual(settings);
});

/** A third data set, 8 × 8, grey, of three classes, through the functions that make the two what they are. */
import { describe, expect, it } from "vitest";
import { createModel } from "../../src/architectures/networks.ts";
import { gatherImages, type ImageSet, type Split } from "../../src/data/image-set.ts";
import { type ImageFiles, loadImages } from "../../src/data/load-images.ts";
import { range } from "../../src/data/permutation.ts";
import { pixelNormalizationOfBytes } from "../../src/data/pixel-normalization.ts";
import type { DataSet, DataSetFacts } from "../../src/data/sets/data-set.ts";
import { dataSetFacts, factsOf } from "../../src/data/sets/facts.ts";
import { dataSets } from "../../src/data/sets/sets.ts";
import { specSchemaFor } from "../../src/experiment/spec.ts";
import { dataSetRules } from "../../src/experiment/spec-rules.ts";
import { type Rule, strictParse } from "../../src/experiment/strict-parse.ts";

const facts = {
  id: "tiny",
  title: "tiny squares",
  shortTitle: "tiny",
  image: { channels: 1, height: 8, width: 8 },
  classNames: ["dark", "grey", "light"],
  counts: { train: 12, test: 6 },
  pixelNormalization: pixelNormalizationOfBytes([127.5], [80]),
} as const satisfies DataSetFacts<"tiny">;

const whole = (split: Split): ImageSet => {
  const count = facts.counts[split];
  const labels = Uint8Array.from({ length: count }, (_, index) => index % 3);
  const pixels = Uint8Array.from({ length: count * 64 }, (_, index) => 40 + 80 * labels[Math.floor(index / 64)]);
  return { ...facts.image, count, labels, pixels, classNames: facts.classNames };
};
const drawn: DataSet = {
  facts,
  reader: {
    kind: "drawn",
    open: (split) => ({ ...whole(split), gather: (indices) => gatherImages(whole(split), indices) }),
  },
};
const inFiles: DataSet = {
  facts: {
    ...facts,
    files: { words: "a .tiny file", names: { train: "a", test: "b" }, endings: [".tiny"], sources: [] },
  },
  reader: {
    kind: "files",
    importFiles: async () => ({ train: whole("train"), test: whole("test"), notes: [] }),
    splitOfName: () => null,
    readOneSplit: () => whole("train"),
  },
};

const sets = [...dataSetFacts, facts];
const schema = specSchemaFor(sets);
type TinySpec = ReturnType<typeof schema.parse>;
const parse = (input: unknown) =>
  strictParse<TinySpec>(schema, input, dataSetRules(sets) as unknown as readonly Rule<TinySpec>[]);
const mlp = { name: "mlp", hidden: [4] };
const nothing: ImageFiles = { read: () => Promise.reject(new Error("It is drawn.")) };

describe("a third data set", () => {
  it("is known to the specification by its id, and gives the model its classes", () => {
    const { value } = parse({ model: mlp, data: { source: "tiny" } });
    expect(value).toMatchObject({ model: { classes: 3 }, data: { source: "tiny" } });
    expect(
      parse({ model: { ...mlp, classes: 2 }, data: { source: "tiny" } }).problems.map(({ remedy }) => remedy),
    ).toEqual(["Give at least 3: the data's labels run from 0 to 2."]);
    expect(parse({ model: mlp, data: { source: "tinny" } }).problems.map(({ remedy }) => remedy)).toEqual([
      'Give one of "synthetic", "cifar10", "tiny".',
    ]);
    expect(parse({ model: mlp, data: { source: "tiny", path: "x" } }).problems.map(({ remedy }) => remedy)).toEqual([
      'Leave it out, since the tiny images are drawn and not read, or set data.source to "cifar10".',
    ]);
  });

  it("is drawn by its own reader, subset by subset", async () => {
    const request = {
      source: "tiny",
      train: { count: 6, select: "balanced", seed: 1 },
      test: { select: "first", seed: 0 },
    } as const;
    const train = await loadImages(request, "train", nothing, [...dataSets, drawn]);
    expect([...train.labels].sort()).toEqual([0, 0, 1, 1, 2, 2]);
    expect(train.pixels.subarray(0, 64)).toEqual(new Uint8Array(64).fill(40 + 80 * train.labels[0]));
    expect(await loadImages(request, "test", nothing, [...dataSets, drawn])).toEqual(
      gatherImages(whole("test"), range(6)),
    );
    const tooMany = loadImages({ ...request, train: { count: 13, select: "first", seed: 0 } }, "train", nothing, [
      drawn,
    ]);
    await expect(tooMany).rejects.toThrow("The tiny training images: 13 images were asked for, and there are 12.");
  });

  it("comes from the platform where it is in files", async () => {
    const asked: unknown[] = [];
    const platform: ImageFiles = {
      read: async ({ facts: of }, split, path) => {
        asked.push(of.id, split, path);
        return whole(split);
      },
    };
    const request = {
      source: "tiny",
      path: "here",
      train: { select: "first", seed: 0 },
      test: { select: "first", seed: 0 },
    } as const;
    expect((await loadImages(request, "test", platform, [inFiles])).count).toBe(6);
    expect(asked).toEqual(["tiny", "test", "here"]);
  });

  it("has the shape that a model takes, and a model that needs larger pictures refuses it", () => {
    const { image } = factsOf("tiny", sets);
    expect(createModel({ name: "mlp", hidden: [4], activation: "relu", classes: 3 }, image).layout.count).toBe(
      64 * 4 + 4 + 4 * 3 + 3,
    );
    expect(() => createModel({ name: "vgg", depth: 11, width: 0.125, batchNorm: false, classes: 3 }, image)).toThrow(
      RangeError,
    );
  });
});

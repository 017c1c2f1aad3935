/**
 * What Basin wrote when VGG11 was called "vgg11" and networks were two (fixtures made by commit fd82236): links, specifications,
 * sweeps, run folders, zips and the browser's own records. All of it opens, and means what it meant.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decodeSettings } from "../../src/app/stores/settings/link.ts";
import { createSweepMemory } from "../../src/app/stores/sweep/memory.ts";
import { readCheckpointFile } from "../../src/experiment/checkpoint-files.ts";
import { parseSpecJson } from "../../src/experiment/parse-spec.ts";
import type { FolderFiles } from "../../src/experiment/run-folder.ts";
import { readRunFolder } from "../../src/experiment/run-folder-read.ts";
import { groupByFolder } from "../../src/experiment/run-folder-zip.ts";
import type { Spec } from "../../src/experiment/spec.ts";
import { decodeRecord } from "../../src/experiment/storage/run-record.ts";
import { checkpointFromFile } from "../../src/experiment/storage/stored-checkpoint.ts";
import { parseSweepJson } from "../../src/experiment/sweep-parse.ts";
import { sweepRuns } from "../../src/experiment/sweep-runs.ts";
import { readZip } from "../../src/experiment/zip/read-zip.ts";
import { tensorNames } from "../../src/jobs/exchange-run.ts";
import { modelOf } from "../../src/jobs/problem.ts";

const forms = new URL("../fixtures/former-forms/", import.meta.url);
const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(name, forms)));
const textOf = (name: string) => readFileSync(new URL(name, forms), "utf8");

/** Names of the tensors, and lengths of the flat vectors: what a model meant, whatever it is called. */
function meaningOf(spec: Spec) {
  const { layout, stateLayout } = modelOf(spec);
  return {
    tensors: layout.entries.map(({ name }) => name),
    parameters: layout.length,
    statistics: stateLayout.length,
  };
}

const eighth = { parameters: 145_900, statistics: 688 };
const vgg = { name: "vgg", depth: 11, width: 0.125, batchNorm: true, classes: 10 };
const mlp = { name: "mlp", hidden: [16, 8], activation: "tanh", classes: 10 };

function expectVgg(spec: Spec) {
  expect(spec.model).toEqual(vgg);
  expect(meaningOf(spec)).toMatchObject(eighth);
  expect(meaningOf(spec).tensors.slice(0, 5)).toEqual([
    "features.0.weight",
    "features.0.bias",
    "features.1.weight",
    "features.1.bias",
    "features.4.weight",
  ]);
  expect(spec.training).toMatchObject({ batchSize: 10, epochs: 2 });
}

const readFolder = (files: FolderFiles) =>
  readRunFolder(files, {
    where: "runs/a",
    namesOf: tensorNames,
    newIdentity: () => ({ id: "new", name: "", created: "2026-05-06T07:08:09.000Z" }),
  });

describe("a link", () => {
  test("of VGG11 without its name", () => {
    expectVgg(decodeSettings("#width=0.125&train=50&test=20&batchSize=10&epochs=2").spec);
  });

  test("of VGG11 by its name", () => {
    const { spec } = decodeSettings("#model=vgg11");
    expect(spec.model).toEqual({ ...vgg, width: 1 });
    expect(decodeSettings("#model=vgg11&width=0.5&batchNorm=false").spec.model).toEqual({
      ...vgg,
      width: 0.5,
      batchNorm: false,
    });
  });

  test("of a perceptron", () => {
    const { spec } = decodeSettings(
      "#model=mlp&hidden=16,8&activation=tanh&train=50&test=20&init=gaussian&std=0.1&initSeed=4&batchSize=10&epochs=2",
    );
    expect(spec.model).toEqual(mlp);
    expect(spec.init).toEqual({ scheme: "gaussian", std: 0.1, seed: 4 });
  });
});

test("a specification", () => {
  expectVgg(parseSpecJson(textOf("vgg11-spec.json")));
  expect(parseSpecJson(textOf("mlp-spec.json")).model).toEqual(mlp);
});

test("a sweep: its runs, their order and the names of their folders", () => {
  const widths = sweepRuns(parseSweepJson(textOf("vgg11-sweep.json")));
  expect(widths.map(({ spec }) => spec.model)).toMatchObject(
    [0.125, 0.25].flatMap((width) =>
      [true, false].flatMap((batchNorm) => [1, 2].map(() => ({ width, batchNorm, classes: 10 }))),
    ),
  );
  expect(widths[3]).toMatchObject({
    slug: "width-0.125_batchNorm-false_seed-2",
    name: "width 0.125, no BatchNorm, seed 2",
  });
  const layers = sweepRuns(parseSweepJson(textOf("mlp-sweep.json")));
  expect(layers.map(({ slug }) => slug)).toEqual([
    "std-0.02_hidden-none",
    "std-0.02_hidden-32",
    "std-0.02_hidden-64x32",
    "std-0.05_hidden-none",
    "std-0.05_hidden-32",
    "std-0.05_hidden-64x32",
  ]);
  expect(layers.map(({ name }) => name).slice(0, 3)).toEqual([
    "σ 0.02, no hidden layer",
    "σ 0.02, hidden 32",
    "σ 0.02, hidden 64×32",
  ]);
});

test("a run's folder, with its surface", () => {
  const folder = new URL("2026-01-02-run-vgg/", forms);
  const names = readdirSync(folder);
  const content = readFolder(
    Object.fromEntries(names.map((name) => [name, new Uint8Array(readFileSync(new URL(name, folder)))])),
  );
  expectVgg(content.record.spec);
  expect(content.record).toMatchObject({ id: "run-vgg", tags: ["first"], note: "Kept.", status: "complete" });
  expect(content.surface?.report.spec).toEqual(content.record.spec);
});

test("a zip of runs", () => {
  const folders = groupByFolder(readZip(bytesOf("runs.zip"), "runs.zip"));
  const [first, second] = [...folders.values()].map((files) => readFolder(files).record.spec);
  expectVgg(first);
  expect(second.model).toEqual(mlp);
});

test("weights with their specification", () => {
  const { spec, step } = readCheckpointFile(bytesOf("vgg11-weights.safetensors"));
  expect(step).toBe(10);
  expect(spec && meaningOf(spec)).toMatchObject(eighth);
});

test("records and checkpoints that a browser keeps", () => {
  const [first, second] = (JSON.parse(textOf("stored-records.json")) as unknown[]).map(decodeRecord);
  expectVgg(first.spec);
  expect(second.spec.model).toEqual(mlp);
  const meta: unknown = JSON.parse(textOf("stored-checkpoint.json"));
  const arrays = { theta: new Float32Array(1), state: new Float32Array(1), batchLosses: new Float32Array(0) };
  expectVgg(checkpointFromFile({ meta, arrays } as Parameters<typeof checkpointFromFile>[0]).spec);
});

test("the sweep that a browser keeps", () => {
  const storage = { getItem: () => textOf("kept-sweep.json"), setItem: () => {}, removeItem: () => {} };
  const kept = createSweepMemory(() => storage).load();
  expect(kept?.items.map(({ run }) => run.name)).toEqual(["BatchNorm", "no BatchNorm"]);
  expect(kept?.items[0].run.spec.model).toMatchObject(vgg);
});

/** Every reader of something that comes from outside, with examples that it takes. */
import { readFileSync } from "node:fs";
import { decodeSettings } from "../../src/app/stores/settings/link.ts";
import { DataError } from "../../src/data/data-error.ts";
import { importCifar10 } from "../../src/data/sets/cifar10/import.ts";
import { readCheckpointFile } from "../../src/experiment/checkpoint-files.ts";
import { ExperimentError } from "../../src/experiment/experiment-error.ts";
import { readNpy, writeNpy } from "../../src/experiment/numpy/npy.ts";
import { readNpz, writeNpz } from "../../src/experiment/numpy/npz.ts";
import { parseSpecJson } from "../../src/experiment/parse-spec.ts";
import type { FolderFiles } from "../../src/experiment/run-folder.ts";
import { readRunFolder } from "../../src/experiment/run-folder-read.ts";
import { writeRunFolder } from "../../src/experiment/run-folder-write.ts";
import { groupByFolder, zipFolder } from "../../src/experiment/run-folder-zip.ts";
import { readSafetensors } from "../../src/experiment/safetensors/read-safetensors.ts";
import { SpecError } from "../../src/experiment/spec-error.ts";
import { decodeArrayFile, encodeArrayFile } from "../../src/experiment/storage/array-file.ts";
import { decodeRecord, encodeRecord } from "../../src/experiment/storage/run-record.ts";
import { checkpointFromFile, checkpointToFile } from "../../src/experiment/storage/stored-checkpoint.ts";
import { surfaceFromFile, surfaceToFile } from "../../src/experiment/storage/stored-surface.ts";
import { parseSweepJson } from "../../src/experiment/sweep-parse.ts";
import { readZip } from "../../src/experiment/zip/read-zip.ts";
import { zipDirectory } from "../../src/experiment/zip/write-zip.ts";
import { tensorNames } from "../../src/jobs/exchange-run.ts";
import { modelOf } from "../../src/jobs/problem.ts";
import { fromStateDict, StateDictError } from "../../src/models/state-dict.ts";
import { gzipOf } from "../data/gzip.ts";
import { officialEntries, parquetOf, pngsOf, recordsOf, tarOf } from "../data/made-files.ts";
import { picturesOf } from "../data/synthetic-pictures.ts";
import { contentOf } from "../experiment/sample-content.ts";
import { sampleSpec, sampleSurface } from "../experiment/samples.ts";
import { sampleCheckpoint, sampleRecord } from "../experiment/storage/sample-run.ts";

export interface FuzzTarget {
  readonly name: string;
  /** What the reader takes, made once. */
  readonly corpus: () => Promise<Uint8Array[]>;
  readonly read: (bytes: Uint8Array<ArrayBuffer>) => unknown;
  /** Errors by which it may refuse. */
  readonly refusals: readonly (abstract new (
    ...given: never[]
  ) => Error)[];
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const jsonOf = (value: unknown) => bytesOf(JSON.stringify(value));
const joined = async (parts: readonly Uint8Array<ArrayBuffer>[]) =>
  new Uint8Array(await new Blob([...parts]).arrayBuffer());

const files = (): FolderFiles => writeRunFolder(contentOf(sampleSpec), tensorNames(sampleSpec));
const readFolder = (folder: FolderFiles) =>
  readRunFolder(folder, {
    where: "run",
    namesOf: tensorNames,
    newIdentity: () => ({ id: "new", name: "new", created: "2026-01-01T00:00:00.000Z" }),
  });
/** One file of a sound run folder is damaged, the others are whole. */
const oneFile = (name: string): Pick<FuzzTarget, "corpus" | "read" | "refusals"> => {
  const sound = files();
  return {
    corpus: async () => [sound[name]],
    read: (bytes) => readFolder({ ...sound, [name]: bytes }),
    refusals: [ExperimentError, SpecError, StateDictError],
  };
};

const images = (name: string, corpus: () => Promise<Uint8Array[]>): FuzzTarget => ({
  name,
  corpus,
  read: (bytes) => importCifar10([new File([bytes], name)]),
  refusals: [DataError],
});

/** What reads the browser's own storage may throw any Error: its caller makes a damaged run of it, and goes on. */
const stored = [Error];

export const targets: readonly FuzzTarget[] = [
  {
    name: "specification",
    corpus: async () => [
      jsonOf(sampleSpec),
      bytesOf('{"model":{"name":"vgg11","width":0.25},"data":{"source":"cifar10"},"recording":{"everySteps":4}}'),
    ],
    read: (bytes) => parseSpecJson(textOf(bytes)),
    refusals: [SpecError],
  },
  {
    name: "sweep",
    corpus: async () => [
      jsonOf({ name: "Seeds", base: sampleSpec, axes: { seed: [1, 2, 3], learningRate: [0.1, 0.01] } }),
      jsonOf({ base: { model: { name: "vgg11" }, data: { source: "synthetic" } }, axes: { width: [0.25, 0.5] } }),
    ],
    read: (bytes) => parseSweepJson(textOf(bytes)),
    refusals: [SpecError],
  },
  {
    name: "link",
    corpus: async () =>
      [
        "#model=mlp&hidden=32,32&activation=tanh&learningRate=0.02&stepAt=0.5,0.75&train=500&record=20:128",
        "#x=eigen:1&y=random:2&grid=25x25&range=-1:1&normalize=filter&biases=ignore&batchNorm=true",
        "#model=vgg11&width=0.25&init=gaussian&std=0.1&metric=accuracy&scale=log",
      ].map(bytesOf),
    read: (bytes) => decodeSettings(textOf(bytes)),
    refusals: [SpecError],
  },
  {
    name: "npy",
    corpus: async () => [
      writeNpy({ shape: [3, 2], data: Float64Array.of(1, 2, 3, 4, 5, 6) }),
      writeNpy({ shape: [4], data: Uint8Array.of(1, 2, 3, 4) }),
    ],
    read: (bytes) => readNpy(bytes, "a.npy"),
    refusals: [ExperimentError],
  },
  {
    name: "npz",
    corpus: async () => [
      writeNpz({
        a: { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
        b: { shape: [1], data: Float64Array.of(5) },
      }),
    ],
    read: (bytes) => readNpz(bytes, "a.npz"),
    refusals: [ExperimentError],
  },
  {
    name: "safetensors",
    corpus: async () => [
      files()["checkpoint.safetensors"],
      readFileSync(new URL("../fixtures/vgg11-bn-sixteenth.safetensors", import.meta.url)),
    ],
    read: (bytes) => readSafetensors(bytes),
    refusals: [ExperimentError],
  },
  {
    name: "checkpoint",
    corpus: async () => [files()["checkpoint.safetensors"]],
    read: (bytes) => fromStateDict(modelOf(sampleSpec), readCheckpointFile(bytes).tensors),
    refusals: [ExperimentError, SpecError, StateDictError],
  },
  ...[
    "run.json",
    "metrics.csv",
    "notes.md",
    "optimizer.safetensors",
    "surface.json",
    "surface.npz",
    "spectrum.json",
    "density.json",
  ].map((name): FuzzTarget => ({ name: `run folder, ${name}`, ...oneFile(name) })),
  {
    name: "zip of runs",
    async corpus() {
      const part = zipFolder("a", { ...files(), "eigenvectors.safetensors": new Uint8Array(0) });
      const small = zipFolder("b", { "spec.json": files()["spec.json"], "metrics.csv": files()["metrics.csv"] });
      return [
        await joined([...part.bytes, zipDirectory([part])]),
        await joined([...small.bytes, zipDirectory([small])]),
      ];
    },
    read(bytes) {
      for (const folder of groupByFolder(readZip(bytes, "runs.zip")).values()) readFolder(folder);
    },
    refusals: [ExperimentError, SpecError, StateDictError],
  },
  images("data_batch_1.bin", async () => [recordsOf(3, 1)]),
  images("cifar-10-binary.tar", async () => [await tarOf(officialEntries(1))]),
  images("cifar-10-binary.tar.gz", async () => [gzipOf(await tarOf(officialEntries(1)))]),
  images("train-00000.parquet", async () => {
    const set = picturesOf(4);
    return [new Uint8Array(parquetOf(pngsOf(set), [...set.labels]))];
  }),
  {
    name: "stored record",
    corpus: async () => [jsonOf(encodeRecord(sampleRecord))],
    read: (bytes) => decodeRecord(JSON.parse(textOf(bytes))),
    refusals: stored,
  },
  {
    name: "stored checkpoint",
    corpus: async () => [
      await joined(encodeArrayFile(checkpointToFile(sampleCheckpoint(3))) as Uint8Array<ArrayBuffer>[]),
    ],
    read: (bytes) => checkpointFromFile(decodeArrayFile(bytes)),
    refusals: stored,
  },
  {
    name: "stored surface",
    corpus: async () => [
      await joined(encodeArrayFile(surfaceToFile({ ...sampleSurface, step: 10 })) as Uint8Array<ArrayBuffer>[]),
    ],
    read: (bytes) => surfaceFromFile(decodeArrayFile(bytes)),
    refusals: stored,
  },
];

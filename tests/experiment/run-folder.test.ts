import fc from "fast-check";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { NewerVersionError, ResultFileError } from "../../src/experiment/experiment-error.ts";
import { parseSpec } from "../../src/experiment/parse-spec.ts";
import { type FolderFiles, folderName, type RunContent } from "../../src/experiment/run-folder.ts";
import { readRunFolder } from "../../src/experiment/run-folder-read.ts";
import { writeRunFolder } from "../../src/experiment/run-folder-write.ts";
import { groupByFolder, zipFolder } from "../../src/experiment/run-folder-zip.ts";
import { readSafetensors } from "../../src/experiment/safetensors/read-safetensors.ts";
import { readZip } from "../../src/experiment/zip/read-zip.ts";
import { zipDirectory } from "../../src/experiment/zip/write-zip.ts";
import { tensorNames } from "../../src/jobs/exchange-run.ts";
import { contentOf } from "./sample-content.ts";
import { sampleSpec, sampleSurface } from "./samples.ts";

const vggSpec = parseSpec({
  model: { name: "vgg", depth: 11, width: 0.125 },
  data: { source: "synthetic", train: { count: 50 } },
  training: { batchSize: 10, optimizer: "adam" },
});

const identity = { id: "new", name: "folder", created: "2026-05-06T07:08:09.000Z" };
const read = (files: FolderFiles) =>
  readRunFolder(files, { where: "runs/a", namesOf: tensorNames, newIdentity: () => identity });
const text = (files: FolderFiles, name: string) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(files[name]);
const withText = (files: FolderFiles, name: string, change: (text: string) => string): FolderFiles => ({
  ...files,
  [name]: new TextEncoder().encode(change(text(files, name))),
});
const without = (files: FolderFiles, name: string): FolderFiles =>
  Object.fromEntries(Object.entries(files).filter(([other]) => other !== name));

/** As toEqual, which takes a minute for weights. */
const sameBytes = (a: Uint8Array | Float32Array, b: Uint8Array | Float32Array): boolean =>
  Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));

function expectSameBytes(found: FolderFiles, expected: FolderFiles): void {
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  for (const [name, bytes] of Object.entries(expected))
    expect([name, sameBytes(found[name], bytes)]).toEqual([name, true]);
}

const point = "trajectory-000005.safetensors";

let content: RunContent;
let files: FolderFiles;
beforeAll(() => {
  content = contentOf(sampleSpec);
  files = writeRunFolder(content, tensorNames(sampleSpec));
});

describe("a run as a folder", () => {
  test.each([
    ["MLP with SGD", sampleSpec],
    ["VGG11 with BatchNorm and Adam", vggSpec],
  ])("written, read and written again it is the same, bit by bit: %s", (_, spec) => {
    const given = contentOf(spec);
    const first = writeRunFolder(given, tensorNames(spec));
    const back = read(first);
    expect(back.record).toEqual(given.record);
    expectSameBytes(writeRunFolder(back, tensorNames(spec)), first);
    expect(sameBytes(back.checkpoint!.weights.theta, given.checkpoint!.weights.theta)).toBe(true);
    expect(sameBytes(back.checkpoint!.weights.state, given.checkpoint!.weights.state)).toBe(true);
    expect(back.trajectory.map(({ step }) => step)).toEqual([0, 5, 1_000_000]);
    expect(sameBytes(back.trajectory[1].weights.theta, given.trajectory[1].weights.theta)).toBe(true);
    expect(sameBytes(back.results.spectrum!.result.vectors[1], given.results.spectrum!.result.vectors[1])).toBe(true);
  });

  test("everything in it comes back", () => {
    expect(read(files)).toEqual(content);
  });

  test("its files are those that PyTorch, NumPy and git read", () => {
    expect(Object.keys(files)).toEqual([
      "run.json",
      "spec.json",
      "metrics.csv",
      "notes.md",
      "checkpoint.safetensors",
      "optimizer.safetensors",
      "surface.json",
      "surface.npz",
      "spectrum.json",
      "density.json",
      "trace.json",
      "layers.json",
      "subsets.json",
      "eigenvectors.safetensors",
      "trajectory-000000.safetensors",
      "trajectory-000005.safetensors",
      "trajectory-1000000.safetensors",
    ]);
    const { tensors } = readSafetensors(files["checkpoint.safetensors"]);
    expect(tensors.map(({ name, shape }) => [name, shape])).toEqual([
      ["layers.0.weight", [4, 3072]],
      ["layers.0.bias", [4]],
      ["layers.2.weight", [10, 4]],
      ["layers.2.bias", [10]],
    ]);
    expect(text(files, "notes.md")).toBe(content.record.note);
    expect(text(files, "metrics.csv").split("\n")[1]).toBe("1,5,0.05,2.25,0.2,2.5,0.1,100.5");
    for (const name of ["run.json", "spec.json", "spectrum.json"])
      expect(text(files, name).split("\n").length).toBeGreaterThan(10);
  });

  test("without note, weights, surface and results it holds three files", () => {
    const record = { ...content.record, note: "" };
    const bare: RunContent = { record, checkpoint: null, surface: null, results: {}, trajectory: [] };
    const written = writeRunFolder(bare, tensorNames(sampleSpec));
    expect(Object.keys(written)).toEqual(["run.json", "spec.json", "metrics.csv"]);
    expect(read(written)).toEqual(bare);
  });

  test("a surface of which the step is not known stays so", () => {
    const run: RunContent = { ...content, surface: sampleSurface };
    expect(read(writeRunFolder(run, tensorNames(sampleSpec))).surface).toEqual(sampleSurface);
  });

  test("any name, note and tags come back", () => {
    const label = fc.string({ unit: "binary", maxLength: 40 });
    fc.assert(
      fc.property(
        label,
        label,
        fc.array(
          label.filter((tag) => tag !== ""),
          { maxLength: 4 },
        ),
        (name, note, tags) => {
          const run: RunContent = {
            record: { ...content.record, name, note, tags },
            checkpoint: null,
            surface: null,
            results: {},
            trajectory: [],
          };
          expect(read(writeRunFolder(run, tensorNames(sampleSpec)))).toEqual(run);
        },
      ),
    );
  });

  test("what train writes on the command line is a run too, under a new identity", () => {
    const own = ["spec.json", "metrics.csv", "checkpoint.safetensors", "optimizer.safetensors", point];
    const run = read(Object.fromEntries(own.map((name) => [name, files[name]])));
    expect(run.record).toMatchObject({ ...identity, status: "cancelled", tags: [], colour: null, note: "" });
    expect(run.checkpoint).toEqual(content.checkpoint);
    expect(run.trajectory).toEqual([content.trajectory[1]]);
  });

  test("its name stays when the run is renamed, and is another for another run", () => {
    const { record } = content;
    expect(folderName(record)).toBe("2026-01-02-run-1");
    expect(folderName({ ...record, id: "a/../b" })).toBe("2026-01-02-a_.._b");
  });
});

describe("a folder is refused, with the place, the reason and the remedy", () => {
  const refusals: [string, (given: FolderFiles) => FolderFiles, RegExp][] = [
    ["no spec.json", (given) => without(given, "spec.json"), /runs\/a: spec\.json is missing\. Give the folder whole/],
    ["no metrics.csv", (given) => without(given, "metrics.csv"), /metrics\.csv is missing/],
    ["half a checkpoint", (given) => without(given, "optimizer.safetensors"), /optimizer\.safetensors is missing/],
    ["half a surface", (given) => without(given, "surface.npz"), /surface\.npz is missing/],
    [
      "no surface where run.json has one",
      (given) => without(without(given, "surface.npz"), "surface.json"),
      /surface\.json is missing/,
    ],
    ["no density where run.json has one", (given) => without(given, "density.json"), /density\.json is missing/],
    [
      "a foreign file",
      (given) => ({ ...given, "holiday.jpg": new Uint8Array(3) }),
      /runs\/a: holiday\.jpg is no part of a run\. Take what is not the run's out/,
    ],
    [
      "metrics that are no numbers",
      (given) => withText(given, "metrics.csv", (csv) => csv.replace("2.25", "2,25")),
      /runs\/a, metrics\.csv, line 2: It reads "1,5,0\.05,2,25,/,
    ],
    [
      "metrics that were improved",
      (given) => withText(given, "metrics.csv", (csv) => csv.replace("2.25", "0.25")),
      /metrics\.csv, line 2: It reads "1,5,0\.05,0\.25,.*own record of that epoch is "1,5,0\.05,2\.25,/,
    ],
    [
      "another specification than the checkpoint's",
      (given) => withText(given, "spec.json", (json) => json.replace('"seed": 1', '"seed": 7')),
      /runs\/a, spec\.json: It is another specification than the checkpoint's/,
    ],
    [
      "weights of another model",
      (given) => ({
        ...given,
        "checkpoint.safetensors": writeRunFolder(contentOf(vggSpec), tensorNames(vggSpec))["checkpoint.safetensors"],
      }),
      /optimizer\.safetensors: It is of another specification/,
    ],
    [
      "a run.json that is no JSON",
      (given) => withText(given, "run.json", (json) => json.slice(0, -3)),
      /runs\/a, run\.json: It can't be read/,
    ],
    [
      "a field twice, as a merge by hand may leave it",
      (given) => withText(given, "run.json", (json) => json.replace('"name"', '"name": "theirs", "name"')),
      /name is given twice/,
    ],
    [
      "an unknown field",
      (given) => withText(given, "run.json", (json) => json.replace('"name"', '"rating": 5, "name"')),
      /rating/,
    ],
    [
      "an id that could leave its place",
      (given) => withText(given, "run.json", (json) => json.replace('"run-1"', '"../run"')),
      /letters, digits/,
    ],
    [
      "a status that there is not",
      (given) => withText(given, "run.json", (json) => json.replace('"complete"', '"finished"')),
      /status/,
    ],
    [
      "an eigenvalue that is a word",
      (given) => withText(given, "spectrum.json", (json) => json.replace("3.25", '"large"')),
      /runs\/a, spectrum\.json: It can't be read: .*"large" stands where a number should/,
    ],
    [
      "fewer vectors than eigenvalues",
      (given) => withText(given, "spectrum.json", (json) => json.replace("3.25,", "3.25, 3,")),
      /differ in number/,
    ],
    [
      "a text in another encoding",
      (given) => ({ ...given, "notes.md": Uint8Array.of(0x47, 0xfc, 0x6e) }),
      /notes\.md: It is not a text in UTF-8/,
    ],
    ["no point where run.json has one", (given) => without(given, point), /trajectory-000005\.safetensors is missing/],
    [
      "a point that run.json does not have",
      (given) => ({ ...given, "trajectory-000007.safetensors": given[point] }),
      /trajectory-000007\.safetensors is no part of a run/,
    ],
    [
      "a point under another step's name",
      (given) => ({ ...given, [point]: given["trajectory-000000.safetensors"] }),
      /runs\/a, trajectory-000005\.safetensors: It is of step 0\./,
    ],
    [
      "a point of another run",
      (given) => ({ ...given, [point]: writeRunFolder(contentOf(vggSpec), tensorNames(vggSpec))[point] }),
      /trajectory-000005\.safetensors: It is of another specification/,
    ],
    [
      "a point cut short",
      (given) => ({ ...given, [point]: given[point].slice(0, 1000) }),
      /trajectory-000005\.safetensors: It can't be read/,
    ],
    [
      "a result of no known step",
      (given) => withText(given, "run.json", (json) => json.replace(/,\s*"subsets": 10/, "")),
      /subsets\.json is there, and run\.json does not say of which training step/,
    ],
  ];
  test.each(refusals)("%s", (_, change, message) => {
    expect(() => read(change(files))).toThrow(message);
    expect(() => read(change(files))).toThrow(ResultFileError);
  });

  test("of a newer format version, whatever else is in it", () => {
    const newer = withText(files, "run.json", (json) => json.replace('"version": 1', '"version": 2, "mood": "good"'));
    expect(() => read({ ...newer, "new.bin": new Uint8Array(1) })).toThrow(NewerVersionError);
    expect(() => read(newer)).toThrow(
      "runs/a, run.json: It has format version 2, and this version of Basin reads up to 1. Update Basin",
    );
  });
});

describe("zip files of runs", () => {
  const zipOf = async (folders: Readonly<Record<string, FolderFiles>>) => {
    const parts = Object.entries(folders).map(([name, folder]) => zipFolder(name, folder));
    return new Uint8Array(await new Blob([...parts.flatMap(({ bytes }) => bytes), zipDirectory(parts)]).arrayBuffer());
  };

  test("hold each run's folder, give the same bytes again, and are read by others", async () => {
    const zip = await zipOf({ a: files, b: files });
    expect(sameBytes(await zipOf({ a: files, b: files }), zip)).toBe(true);
    expect(unzipSync(zip)["b/spectrum.json"]).toEqual(files["spectrum.json"]);
    const folders = groupByFolder(readZip(zip, "runs.zip"));
    expect([...folders.keys()]).toEqual(["a", "b"]);
    for (const folder of folders.values()) expectSameBytes(folder, files);
  });

  test("an archive cut short, or none at all, is named", async () => {
    const zip = await zipOf({ a: files });
    for (const broken of [zip.slice(0, zip.length / 2), new Uint8Array(100), new Uint8Array(0)])
      expect(() => readZip(broken, "runs.zip")).toThrow(/runs\.zip: It is not a whole zip file/);
  });

  test("what systems leave beside files is passed over, and the rest is sorted by folder", () => {
    const byte = new Uint8Array(1);
    const paths = ["a/run.json", "a\\spec.json", "a/.DS_Store", "__MACOSX/a/._run.json", ".git/config", "loose.txt"];
    const folders = groupByFolder(paths.map((path) => [path, byte] as const));
    expect(Object.fromEntries([...folders].map(([name, own]) => [name, Object.keys(own)]))).toEqual({
      a: ["run.json", "spec.json"],
      "": ["loose.txt"],
    });
  });
});

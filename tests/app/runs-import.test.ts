import { beforeEach, describe, expect, test } from "vitest";
import { importRuns as bringIn } from "../../src/app/runs/import-runs.ts";
import type { ConflictChoice, Decide, RunConflict } from "../../src/app/stores/run-conflict.ts";
import { createRunKeeper } from "../../src/app/stores/run-keeper.ts";
import { createRunsStore } from "../../src/app/stores/runs-store.ts";
import { StorageFullError } from "../../src/experiment/experiment-error.ts";
import { type FolderFiles, folderName } from "../../src/experiment/run-folder.ts";
import { writeRunFolder } from "../../src/experiment/run-folder-write.ts";
import { zipFolder } from "../../src/experiment/run-folder-zip.ts";
import { createRunStore } from "../../src/experiment/storage/create-run-store.ts";
import type { RunStore } from "../../src/experiment/storage/run-store.ts";
import { zipDirectory } from "../../src/experiment/zip/write-zip.ts";
import { type MemoryFiles, memoryFiles } from "../experiment/storage/memory-files.ts";
import { sampleResults } from "../experiment/storage/sample-results.ts";
import { sampleCheckpoint, sampleRecord } from "../experiment/storage/sample-run.ts";
import { fakeNames } from "./fake-folders.ts";
import { createFakeRunner } from "./fake-runner.ts";

const contentOf = (id: string) => {
  const point = { step: 2, weights: sampleCheckpoint(2).weights };
  const checkpoint = { ...sampleCheckpoint(5), moments: [new Float32Array(9).fill(0.5)] };
  return {
    record: { ...sampleRecord, id, tags: ["theirs"] },
    checkpoint,
    surface: null,
    results: {},
    trajectory: [point],
  };
};
const folderOf = (id: string) => writeRunFolder(contentOf(id), fakeNames);

async function zipOf(folders: Readonly<Record<string, FolderFiles>>): Promise<File> {
  const parts = Object.entries(folders).map(([name, files]) => zipFolder(name, files));
  return new File([...parts.flatMap(({ bytes }) => bytes), zipDirectory(parts)], "theirs.zip");
}

const unasked: Decide = () => Promise.reject(new Error("Nothing was to be asked."));
const importRuns = (given: Parameters<typeof bringIn>[0], from: readonly File[], decide = unasked) =>
  bringIn(given, from, decide);

let files: MemoryFiles;
let kept: RunStore;
let stores: Parameters<typeof bringIn>[0];
let names = 0;
let training: string | null = null;
const ids = async () => (await kept.listRuns()).runs.map(({ record }) => record.id).sort();

beforeEach(async () => {
  files = memoryFiles();
  kept = await createRunStore({ databaseName: `import-${names++}`, openFiles: async () => files });
  const runner = createFakeRunner({ speed: Number.POSITIVE_INFINITY });
  const device = { use: async () => null, persist: async () => false };
  stores = {
    runner: () => runner,
    keeper: createRunKeeper(
      async () => kept,
      (error) => {
        throw error;
      },
    ),
    runs: createRunsStore(Promise.resolve(kept), device),
    placeOf: (runId) => (runId === training ? "elsewhere" : null),
  };
  training = null;
});

describe("importing runs", () => {
  test("keeps every run of a zip, whole", async () => {
    const outcome = await importRuns(stores, [await zipOf({ a: folderOf("a"), b: folderOf("b") })]);
    expect(outcome).toEqual({ imported: ["a", "b"], replaced: [], present: [] });
    expect((await kept.listRuns()).runs.find(({ record }) => record.id === "a")?.record).toEqual(contentOf("a").record);
    expect((await kept.getCheckpoint("b"))?.value).toEqual(contentOf("b").checkpoint);
    expect((await kept.getTrajectory("b"))?.value).toEqual(contentOf("b").trajectory);
  });

  test("of a dropped folder likewise, by the paths that its files come with", async () => {
    const dropped = Object.entries(folderOf("a")).map(([name, bytes]) =>
      Object.assign(new File([bytes], name), { path: `/runs/${folderName(sampleRecord)}/${name}` }),
    );
    expect((await importRuns(stores, dropped))?.imported).toEqual(["a"]);
  });

  test("passes over what is here already just so, and brings back what was just deleted", async () => {
    const zip = await zipOf({ a: folderOf("a"), b: folderOf("b") });
    await importRuns(stores, [zip]);
    expect(await importRuns(stores, [zip])).toEqual({ imported: [], replaced: [], present: ["a", "b"] });
    stores.runs.getState().remove(["a"]);
    expect(await importRuns(stores, [zip])).toEqual({ imported: ["a"], replaced: [], present: ["b"] });
    await stores.runs.getState().finishRemoval(["a"]);
    expect(await ids()).toEqual(["a", "b"]);
  });

  test("keeps none where one is at fault, and says where and what", async () => {
    const { "spec.json": _spec, ...noSpec } = folderOf("b");
    const foreign = { ...folderOf("c"), "x.exe": new Uint8Array(1) };
    const zip = await zipOf({ a: folderOf("a"), b: noSpec, c: foreign });
    const failure = importRuns(stores, [zip]);
    await expect(failure).rejects.toThrow(
      /theirs\.zip\/b: spec\.json is missing\. .*\ntheirs\.zip\/c: x\.exe is no part/,
    );
    await expect(failure).rejects.toThrow(/Nothing was imported\.$/);
    await expect(importRuns(stores, [new File(["x"], ".DS_Store")])).rejects.toThrow("There is no run in it.");
    expect(await ids()).toEqual([]);
  });

  test("on a full disk keeps no run in part, and what was kept before stays", async () => {
    await kept.putRun({ ...sampleRecord, id: "old" });
    await kept.putCheckpoint("old", sampleCheckpoint(3));
    files.capacity = [...files.contents.values()].reduce((sum, { length }) => sum + length, 0) + 500;
    await expect(importRuns(stores, [await zipOf({ a: folderOf("a") })])).rejects.toThrow(StorageFullError);
    expect(await ids()).toEqual(["old"]);
    expect((await kept.getCheckpoint("old"))?.value.step).toBe(3);
  });

  test("on a full disk keeps no run without a part of its path either", async () => {
    const results = { density: { step: 5, result: sampleResults.density } };
    const trajectory = [2, 4].map((step) => ({
      step,
      weights: { theta: new Float32Array(20_000).fill(step), state: new Float32Array(0) },
    }));
    const content = { ...contentOf("a"), results, trajectory };
    const zip = await zipOf({ a: writeRunFolder(content, fakeNames) });
    await importRuns(stores, [zip]);
    files.capacity = [...files.contents.values()].reduce((sum, { length }) => sum + length, 0) - 1;
    await kept.deleteRun("a");
    await expect(importRuns(stores, [zip])).rejects.toThrow(StorageFullError);
    expect(await ids()).toEqual([]);
    expect(files.contents.size).toBe(0);
  });
});

describe("two folders of one id in one import", () => {
  const noteOf = async (id: string) => (await kept.listRuns()).runs.find(({ record }) => record.id === id)?.record.note;
  const withNote = (note: string) =>
    writeRunFolder({ ...contentOf("a"), record: { ...contentOf("a").record, note } }, fakeNames);
  const twins = () => zipOf({ a: withNote("mine"), b: folderOf("b"), c: withNote("theirs"), d: withNote("mine") });

  test.each([
    ["replace", ["a", "b"], "theirs"],
    ["skip", ["a", "b"], "mine"],
    [null, ["a", "b"], "mine"],
  ] as const)("are a conflict that a person decides: %s", async (choice, imported, note) => {
    const asked: RunConflict[] = [];
    const outcome = await importRuns(stores, [await twins()], async (conflicts) => {
      asked.push(...conflicts);
      return choice && new Map([["a", choice]]);
    });
    expect(asked.map(({ mine, differs }) => [mine.record.id, differs])).toEqual([["a", ["note"]]]);
    expect(outcome).toEqual({ imported, replaced: [], present: [] });
    expect(await noteOf("a")).toBe(note);
  });

  test("may both be kept", async () => {
    const outcome = await importRuns(stores, [await twins()], async () => new Map([["a", "both"]]));
    expect(outcome?.imported).toHaveLength(3);
    expect((await kept.listRuns()).runs.map(({ record }) => record.note).sort()).toEqual(
      [contentOf("b").record.note, "mine", "theirs"].sort(),
    );
  });
});

describe("merging with another person's runs", () => {
  const theirs = { ...contentOf("a"), checkpoint: { ...contentOf("a").checkpoint, step: 7 } };
  const theirZip = () => zipOf({ a: writeRunFolder(theirs, fakeNames), b: folderOf("b") });
  let asked: readonly RunConflict[];
  const answer =
    (choice: ConflictChoice | null): Decide =>
    async (conflicts) => {
      asked = conflicts;
      return choice && new Map(conflicts.map(({ mine }) => [mine.record.id, choice]));
    };
  const stepOf = async (id: string) => (await kept.getCheckpoint(id))?.value.step;

  beforeEach(async () => {
    await importRuns(stores, [await zipOf({ a: folderOf("a"), c: folderOf("c") })]);
    await kept.labelRun("a", { tags: ["mine"], note: "my note" });
  });

  test("says which run is here with other content, and in what it differs", async () => {
    const outcome = await importRuns(stores, [await theirZip()], answer("skip"));
    expect(asked.map(({ mine, differs, fixed }) => [mine.record.id, differs, fixed])).toEqual([
      ["a", ["labels and status", "note", "weights", "state of the optimiser"], null],
    ]);
    expect(outcome).toEqual({ imported: ["b"], replaced: [], present: ["a"] });
    expect(await stepOf("a")).toBe(5);
    expect(await ids()).toEqual(["a", "b", "c"]);
  });

  test("replaces mine by theirs, labels and all", async () => {
    const outcome = await importRuns(stores, [await theirZip()], answer("replace"));
    expect(outcome).toEqual({ imported: ["b"], replaced: ["a"], present: [] });
    expect(await stepOf("a")).toBe(7);
    expect((await kept.listRuns()).runs.find(({ record }) => record.id === "a")?.record).toMatchObject({
      tags: ["theirs"],
      note: "",
    });
  });

  test("keeps both, theirs under a new id and a name that says so", async () => {
    const outcome = await importRuns(stores, [await theirZip()], answer("both"));
    const beside = outcome?.imported.find((id) => id !== "b") ?? "";
    expect(await stepOf("a")).toBe(5);
    expect(await stepOf(beside)).toBe(7);
    const { record } = (await kept.listRuns()).runs.find((run) => run.record.id === beside)!;
    expect(record).toMatchObject({ name: "First (imported)", tags: ["theirs"] });
  });

  test("imports nothing at all where that is the answer", async () => {
    expect(await importRuns(stores, [await theirZip()], answer(null))).toBeNull();
    expect(await ids()).toEqual(["a", "c"]);
  });

  test("does not replace what trains, and says why before it is asked", async () => {
    training = "a";
    const outcome = await importRuns(stores, [await theirZip()], answer("replace"));
    expect(asked[0].fixed).toBe("It is training.");
    expect(outcome).toMatchObject({ imported: ["b"], replaced: [], present: ["a"] });
    expect(await stepOf("a")).toBe(5);
  });

  test("leaves mine as it was where theirs finds no room", async () => {
    const large = { ...theirs, checkpoint: { ...theirs.checkpoint, batchLosses: new Float32Array(50_000) } };
    files.capacity = [...files.contents.values()].reduce((sum, { length }) => sum + length, 0) + 500;
    const zip = await zipOf({ a: writeRunFolder(large, fakeNames) });
    await expect(importRuns(stores, [zip], answer("replace"))).rejects.toThrow(StorageFullError);
    expect(await stepOf("a")).toBe(5);
    expect((await kept.listRuns()).runs.find(({ record }) => record.id === "a")?.record.tags).toEqual(["mine"]);
  });
});

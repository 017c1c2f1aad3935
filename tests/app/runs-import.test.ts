import "fake-indexeddb/auto";
import { beforeEach, describe, expect, test } from "vitest";
import { importRuns } from "../../src/app/runs/import-runs.ts";
import { createRunKeeper } from "../../src/app/stores/run-keeper.ts";
import { createRunsStore } from "../../src/app/stores/runs-store.ts";
import { StorageFullError } from "../../src/experiment/experiment-error.ts";
import { type FolderFiles, folderName } from "../../src/experiment/run-folder.ts";
import { writeRunFolder } from "../../src/experiment/run-folder-write.ts";
import { createRunZip } from "../../src/experiment/run-folder-zip.ts";
import { createRunStore } from "../../src/experiment/storage/create-run-store.ts";
import type { RunStore } from "../../src/experiment/storage/run-store.ts";
import { type MemoryFiles, memoryFiles } from "../experiment/storage/memory-files.ts";
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
  const zip = createRunZip();
  for (const [name, files] of Object.entries(folders)) await zip.add(name, files);
  return new File([...zip.finish()], "theirs.zip");
}

let files: MemoryFiles;
let kept: RunStore;
let stores: Parameters<typeof importRuns>[0];
let names = 0;
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
  };
});

describe("importing runs", () => {
  test("keeps every run of a zip, whole", async () => {
    const outcome = await importRuns(stores, [await zipOf({ a: folderOf("a"), b: folderOf("b") })]);
    expect(outcome).toEqual({ imported: ["a", "b"], present: [] });
    expect((await kept.listRuns()).runs.find(({ record }) => record.id === "a")?.record).toEqual(contentOf("a").record);
    expect((await kept.getCheckpoint("b"))?.value).toEqual(contentOf("b").checkpoint);
    expect((await kept.getTrajectory("b"))?.value).toEqual(contentOf("b").trajectory);
  });

  test("of a dropped folder likewise, by the paths that its files come with", async () => {
    const dropped = Object.entries(folderOf("a")).map(([name, bytes]) =>
      Object.assign(new File([bytes], name), { path: `/runs/${folderName(sampleRecord)}/${name}` }),
    );
    expect((await importRuns(stores, dropped)).imported).toEqual(["a"]);
  });

  test("leaves a run alone that is here already, and brings back one that was just deleted", async () => {
    await kept.putRun({ ...sampleRecord, id: "a", tags: ["mine"] });
    const zip = await zipOf({ a: folderOf("a"), b: folderOf("b") });
    expect(await importRuns(stores, [zip])).toEqual({ imported: ["b"], present: ["a"] });
    const tagsOf = async () => (await kept.listRuns()).runs.find(({ record }) => record.id === "a")?.record.tags;
    expect(await tagsOf()).toEqual(["mine"]);
    stores.runs.getState().remove(["a"]);
    expect(await importRuns(stores, [zip])).toEqual({ imported: ["a"], present: ["b"] });
    expect(await tagsOf()).toEqual(["theirs"]);
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
    await expect(importRuns(stores, [await zipOf({ a: folderOf("a"), b: folderOf("a") })])).rejects.toThrow(
      "Two of the folders are run a.",
    );
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
});

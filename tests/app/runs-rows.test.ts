import { describe, expect, test } from "vitest";
import { runName, runTitle } from "../../src/app/figure/run-words.ts";
import { cellsOf, columns, filterRuns, sortRuns, tagsOf } from "../../src/app/runs/run-rows.ts";
import type { RunRecord } from "../../src/experiment/storage/run-record.ts";
import type { StoredRun } from "../../src/experiment/storage/run-store.ts";
import { sampleEpochs } from "../experiment/samples.ts";
import { sampleRecord } from "../experiment/storage/sample-run.ts";

const runOf = (change: Partial<RunRecord>, rest: Partial<StoredRun> = {}): StoredRun => ({
  record: { ...sampleRecord, ...change },
  savedAt: Date.UTC(2026, 0, 2),
  hasCheckpoint: true,
  hasSurface: false,
  trajectoryPoints: 0,
  results: [],
  bytes: 0,
  ...rest,
});
const [first] = sampleEpochs;
const a = runOf({ id: "a", name: "run 10", tags: ["seeds", "wide"], epochs: [first] }, { bytes: 30 });
const b = runOf({ id: "b", name: "Run 9", note: "a plateau", status: "complete", epochs: [] }, { bytes: 20 });
const c = runOf({ id: "c", name: "other", tags: ["seeds"], epochs: [{ ...first, trainLoss: 0.5 }] }, { bytes: 100 });
const nan = runOf({ id: "d", name: "z", status: "non-finite", epochs: [{ ...first, trainLoss: Number.NaN }] });
const runs = [a, b, c, nan];
const ids = (list: readonly StoredRun[]) => list.map(({ record }) => record.id).join("");

describe("the table of runs", () => {
  test("sorts words as a person counts, numbers by size, and puts what is not there last both ways", () => {
    expect(ids(sortRuns(runs, { column: "name", ascending: true }, []))).toBe("cbad");
    expect(ids(sortRuns(runs, { column: "bytes", ascending: false }, []))).toBe("cabd");
    expect(ids(sortRuns(runs, { column: "trainLoss", ascending: true }, []))).toBe("cabd");
    expect(ids(sortRuns(runs, { column: "trainLoss", ascending: false }, []))).toBe("acbd");
    for (const { key } of columns) {
      const [up, down] = [true, false].map((ascending) => sortRuns(runs, { column: key, ascending }, []));
      expect([...ids(up)].sort().join("")).toBe("abcd");
      const isThere = (run: StoredRun) => cellsOf(run, [])[key].value !== null;
      const valuesOf = (list: readonly StoredRun[]) => list.filter(isThere).map((run) => cellsOf(run, [])[key].value);
      expect(valuesOf(down)).toEqual(valuesOf(up).reverse());
      expect(down.filter((run) => !isThere(run)).every((run) => down.indexOf(run) >= valuesOf(down).length)).toBe(true);
    }
  });

  test("finds runs by all words of a text, in name, settings, status, tags and note; by tag; by status", () => {
    const find = (text: string, tag: string | null = null, status: RunRecord["status"] | null = null) =>
      ids(filterRuns(runs, { text, tag, status }, []));
    expect(find("")).toBe("abcd");
    expect(find("RUN")).toBe("ab");
    expect(find("plateau run")).toBe("b");
    expect(find("seeds mlp")).toBe("ac");
    expect(find("seeds plateau")).toBe("");
    expect(find("", "seeds")).toBe("ac");
    expect(find("wide", "seeds", "training")).toBe("a");
    expect(find("", null, "complete")).toBe("b");
    expect(tagsOf(runs)).toEqual(["seeds", "wide"]);
  });

  test("names a run that nobody named by its model and time, and shows figures of the last epoch", () => {
    const unnamed = runOf({ name: sampleRecord.created });
    expect(runTitle(unnamed.record)).toMatch(/^MLP 4, ReLU, seed \d+, 2 Jan, \d\d:04$/);
    expect(cellsOf(unnamed, []).name.text).toBe(runName(unnamed.record, "").title);
    expect(runTitle(a.record)).toBe("run 10");
    const { trainLoss, testAccuracy, epochs, kept } = cellsOf(
      runOf({}, { results: ["density"], hasSurface: true, trajectoryPoints: 41 }),
      [],
    );
    expect([trainLoss.text, testAccuracy.text]).toEqual(["not a number", "33.3 %"]);
    expect(epochs.text).toBe("2 of 20");
    expect(kept.text).toBe("checkpoint, surface, path, density");
  });
});

/** Which runs have something between them, and what they are called. */
import { describe, expect, it } from "vitest";
import { alike, isAlike, shapeRefusal } from "../../../src/app/compare/model-shapes.ts";
import { runName, runTitle } from "../../../src/app/figure/run-words.ts";
import type { LoadedRun } from "../../../src/app/stores/compare/runs.ts";
import { parseSpec } from "../../../src/experiment/parse-spec.ts";

const pane = (model: object) => {
  const spec = parseSpec({ model, data: { source: "synthetic" }, init: { scheme: "he-normal", seed: 3 } });
  return { run: { record: { spec } } as unknown as LoadedRun };
};
const wide = pane({ name: "mlp", hidden: [32] });
const [a, b] = [pane({ name: "mlp", hidden: [8] }), pane({ name: "mlp", hidden: [8] })];
const unread = { run: null };

describe("runs of one model", () => {
  it("are found among others, the first of them first", () => {
    expect(alike([wide, unread, a, b], 2)).toEqual([a, b]);
    expect(alike([wide, a, b], 3)).toEqual([]);
    expect(alike([], 1)).toEqual([]);
    expect(isAlike(a, b)).toBe(true);
    expect(isAlike(a, wide)).toBe(false);
    expect(isAlike(a, undefined)).toBe(false);
  });

  it("have something between them, and others are refused by their names", () => {
    expect(shapeRefusal([a.run, b.run])).toBeNull();
    expect(shapeRefusal([a.run, wide.run])).toMatch(/MLP 8.*MLP 32.*nothing lies between/);
  });
});

describe("a run's name", () => {
  const record = { name: "2026-01-01T00:00", created: "2026-01-01T00:00", spec: a.run.record.spec };

  it("is that of its model, seed and time where nobody has named it, as on the Runs page", () => {
    expect(runTitle(record)).toMatch(/^MLP 8, ReLU, seed 3, 1 Jan, \d\d:00$/);
    expect(runTitle({ ...record, name: "" })).toBe(runTitle(record));
    expect(runName(record, "after 2 epochs")).toEqual({
      title: runTitle(record),
      detail: "He, seed 3, after 2 epochs",
    });
  });

  it("is its own where somebody has", () => {
    const named = { ...record, name: "the flat one" };
    expect(runName(named, "after 2 epochs")).toEqual({
      title: "the flat one",
      detail: "MLP 8, ReLU, He, seed 3, after 2 epochs",
    });
  });
});

/** The table of values: what is measured on demand for every run, cancelled or whole, and how it stands on the page and in a CSV. */
import { describe, expect, it } from "vitest";
import { valueCells, valueColumns, valuesTable } from "../../../src/app/compare/values-table.ts";
import { createCompareCurvature } from "../../../src/app/stores/compare/curvature.ts";
import { createCompareMemory } from "../../../src/app/stores/compare/memory.ts";
import type { CompareRunsStore, LoadedRun } from "../../../src/app/stores/compare/runs.ts";
import type { RunKeeper } from "../../../src/app/stores/run-keeper.ts";
import { presets } from "../../../src/app/stores/settings/presets.ts";
import { openComparisons } from "../../../src/experiment/storage/kept-comparisons.ts";
import { createFakeRunner } from "../fake-runner.ts";

const { spec } = presets[4];
let databases = 0;

function loaded(id: string): LoadedRun {
  const weights = { theta: Float32Array.of(1, 2, id.length), state: new Float32Array(0) };
  const last = { trainLoss: 0.5, testLoss: 0.7, trainAccuracy: 0.9, testAccuracy: 0.8 };
  return {
    record: { id, name: id, spec, epochs: [last] },
    source: { spec, weights, label: "", checkpoint: { runId: id, step: 5 } },
    norm: 3,
    surface: null,
  } as unknown as LoadedRun;
}

function curvatureOf(speed: number) {
  const fake = createFakeRunner({ speed });
  const runs = { getState: () => ({ keptResult: async () => null }) } as unknown as CompareRunsStore;
  const memory = createCompareMemory(
    () => openComparisons({ databaseName: `values-${databases++}` }),
    (error) => {
      throw error;
    },
  );
  const keeper = { keepResult: () => {} } as unknown as RunKeeper;
  return { fake, store: createCompareCurvature({ runner: () => fake, backend: "auto", runs, keeper, memory }) };
}

describe("values measured on demand", () => {
  it("are λ_max, trace and both sharpnesses of every run, and are not measured twice", async () => {
    const { fake, store } = curvatureOf(Number.POSITIVE_INFINITY);
    const runs = [loaded("a"), loaded("bb")];
    await store.getState().measure(runs);
    expect(store.getState().message).toBeNull();
    for (const name of ["spectrum", "sharpness", "trace"])
      expect(fake.started.filter((started) => started === name)).toHaveLength(2);
    const { sharpness } = store.getState().byRun.bb;
    expect([sharpness?.average.kind, sharpness?.worst.kind]).toEqual(["adaptive-average", "adaptive-worst"]);
    await store.getState().measure(runs);
    expect(fake.started.filter((started) => started === "sharpness")).toHaveLength(2);
  });

  it("stay unknown where they were cancelled", async () => {
    const { store } = curvatureOf(1);
    const measured = store.getState().measure([loaded("a")]);
    store.getState().cancel();
    await measured;
    expect(store.getState().byRun.a?.sharpness ?? null).toBeNull();
    expect(store.getState().measuring).toBeNull();
  });
});

describe("the table of values", () => {
  const estimate = { radius: 0.1, done: 20, status: "complete" } as const;
  const row = {
    title: "a",
    run: loaded("a"),
    curvature: {
      lambdaMax: 12,
      trace: 340,
      traceError: 7,
      sharpness: {
        average: { ...estimate, kind: "adaptive-average", value: 0.04, standardError: 0.002 },
        worst: { ...estimate, kind: "adaptive-worst", value: 1.6, standardError: null },
      },
    },
    fromInitialization: null,
  } as const;

  it("has a standard error beside every value that has one", () => {
    const cell = (key: string) => valueCells(row).find(({ column }) => column.key === key)!;
    expect([cell("averageSharpness").value, cell("averageSharpness").error]).toEqual([0.04, 0.002]);
    expect([cell("worstSharpness").value, cell("worstSharpness").error]).toEqual([1.6, Number.NaN]);
    expect(cell("fromInitialization").value).toBeNaN();
  });

  it("gives the errors columns of their own as a CSV", () => {
    const { columns, rows } = valuesTable([row, { ...row, run: null, curvature: null }]);
    expect(columns).toHaveLength(valueColumns.length + 3);
    const at = (key: string) => rows[0][columns.findIndex((column) => column.key === key)];
    expect([at("run"), at("trainLoss"), at("traceError"), at("averageSharpnessError"), at("norm")]).toEqual([
      "a",
      0.5,
      7,
      0.002,
      3,
    ]);
    expect(rows[1].slice(1).every((value) => value === null)).toBe(true);
    expect(rows[1]).toHaveLength(columns.length);
  });
});

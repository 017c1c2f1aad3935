import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NumpyFormatError, ResultFileError } from "../../src/experiment/experiment-error.ts";
import { readNpz, writeNpz } from "../../src/experiment/numpy/npz.ts";
import type { Surface } from "../../src/experiment/surface.ts";
import { surfaceFromFiles, surfaceToCsv, surfaceToJson, surfaceToNpz } from "../../src/experiment/surface-files.ts";
import { findMinimum } from "../../src/experiment/surface-minimum.ts";
import { sampleLine, sampleSurface } from "./samples.ts";

describe("surface.json", () => {
  test("is strict JSON, whose nulls the mask explains", () => {
    const document = JSON.parse(surfaceToJson(sampleSurface));
    expect(document.loss).toEqual([
      [2.5, null, null],
      [0.1, 1 / 3, null],
    ]);
    expect(document.measured).toEqual([
      [1, 1, 1],
      [1, 1, 0],
    ]);
    expect(document.alpha).toEqual([-1, 0, 1]);
    expect(document.beta).toEqual([-0.5, 0.5]);
    expect(document.status).toBe("cancelled");
    expect(document.minimum).toEqual({ column: 0, row: 1, alpha: -1, beta: 0.5, loss: 0.1 });
    expect(document.report).toEqual(sampleSurface.report);
  });

  test("a line has flat lists and no second axis", () => {
    const document = JSON.parse(surfaceToJson(sampleLine));
    expect(document.loss).toEqual([3, 1, 2]);
    expect(document.beta).toBeNull();
    expect(document.minimum).toMatchObject({ column: 1, alpha: 0, loss: 1 });
  });
});

describe("surface.npz", () => {
  test("arrays are [beta, alpha], of a line [alpha]", () => {
    const shapes = (surface: Surface) =>
      Object.fromEntries(Object.entries(readNpz(surfaceToNpz(surface), "x")).map(([name, { shape }]) => [name, shape]));
    expect(shapes(sampleSurface)).toEqual({
      alpha: [3],
      beta: [2],
      loss: [2, 3],
      lossError: [2, 3],
      accuracy: [2, 3],
      measured: [2, 3],
    });
    expect(shapes(sampleLine)).toMatchObject({ alpha: [3], beta: [1], loss: [3], measured: [3] });
  });
});

describe("both together", () => {
  test.each([
    ["surface", sampleSurface],
    ["line", sampleLine],
  ])("a %s comes back exactly", (_, surface) => {
    expect(surfaceFromFiles(surfaceToJson(surface), surfaceToNpz(surface))).toEqual(surface);
  });

  test("damage is named", () => {
    const json = surfaceToJson(sampleSurface);
    const npz = surfaceToNpz(sampleSurface);
    expect(() => surfaceFromFiles(json.slice(0, -20), npz)).toThrow(ResultFileError);
    expect(() => surfaceFromFiles(json.replace('"version": 1', '"version": 2'), npz)).toThrow(
      /^surface\.json: It can't be read: .*version/s,
    );
    expect(() => surfaceFromFiles(json.replace('"epochs": 20', '"epochs": -20'), npz)).toThrow(
      "training.epochs is -20.",
    );
    expect(() => surfaceFromFiles(json, npz.subarray(0, 300))).toThrow(NumpyFormatError);
    const { loss: _, ...others } = readNpz(npz, "x");
    expect(() => surfaceFromFiles(json, writeNpz(others))).toThrow(
      "surface.npz, loss: It holds nothing. It should hold 6 values as Float64Array",
    );
    const short = { ...others, loss: { shape: [2], data: Float64Array.of(1, 2) } };
    expect(() => surfaceFromFiles(json, writeNpz(short))).toThrow("It holds 2 values as Float64Array.");
    const narrow = { ...others, loss: { shape: [2, 3], data: new Float32Array(6) } };
    expect(() => surfaceFromFiles(json, writeNpz(narrow))).toThrow("It holds 6 values as Float32Array.");
  });
});

test("the CSV leaves out what is not measured and keeps what is not finite", () => {
  expect(surfaceToCsv(sampleSurface).split("\n")).toEqual([
    "alpha,beta,loss,lossError,accuracy",
    "-1,-0.5,2.5,0.25,0.1",
    "0,-0.5,inf,nan,0.1",
    "1,-0.5,nan,nan,0",
    "-1,0.5,0.1,0.01,1",
    `0,0.5,${1 / 3},1e-20,0.98`,
    "1,0.5,,,",
    "",
  ]);
});

describe("the minimum", () => {
  const { values } = sampleSurface;
  test("is the least finite measured loss, wherever it is", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.double(), fc.boolean()), { minLength: 12, maxLength: 12 }), (cells) => {
        const loss = Float64Array.from(cells, ([value]) => value);
        const measured = Uint8Array.from(cells, ([, there]) => Number(there));
        const axes = { columns: 4, rows: 3, alpha: Float64Array.of(0, 1, 2, 3), beta: Float64Array.of(0, 10, 20) };
        const found = findMinimum({ ...values, ...axes, loss, measured });
        const candidates = cells.filter(([value, there]) => there && Number.isFinite(value)).map(([value]) => value);
        if (candidates.length === 0) expect(found).toBeNull();
        else {
          expect(found?.loss === Math.min(...candidates)).toBe(true);
          expect(loss[found!.row * 4 + found!.column]).toBe(found?.loss);
          expect([found?.alpha, found?.beta]).toEqual([found!.column, found!.row * 10]);
        }
      }),
    );
  });

  test("of an unmeasured grid there is none", () => {
    expect(findMinimum({ ...values, measured: new Uint8Array(6) })).toBeNull();
  });
});

import { describe, expect, test } from "vitest";
import {
  formatDirection,
  formatGrid,
  formatRanges,
  parseDecimal,
  parseDirection,
  parseGrid,
  parseRanges,
} from "../../src/experiment/surface-texts.ts";

describe("directions", () => {
  test.each([
    "random:0",
    "random:4294967295",
    "eigen:1",
    "eigen:-2",
    "pca:1",
    "pca:2",
    "file:D.safetensors",
    "file:C:\\data\\d.safetensors",
    "file:random:1",
  ])("%s", (text) => {
    expect(formatDirection(parseDirection(text, "--x"))).toBe(text);
  });

  test("seeds and paths are read", () => {
    expect(parseDirection("random:17", "--x")).toEqual({ kind: "random", seed: 17 });
    expect(parseDirection("file:a b.safetensors", "--x")).toEqual({ kind: "file", path: "a b.safetensors" });
  });

  test.each([
    "",
    "random",
    "random:",
    "random:1.5",
    "random:-1",
    "eigen:0",
    "eigen:1.5",
    "pca:0",
    "pca:3",
    "pca:-1",
    "random: 1",
    "random:4294967296",
    "file:",
    "1",
    "Random:1",
  ])("refused: %j", (text) => {
    expect(() => parseDirection(text, "--x")).toThrow(
      `--x is ${JSON.stringify(text)}. Give random:SEED with a whole number from 0 to 4294967295, eigen:N, pca:1 or pca:2, or file:PATH.`,
    );
  });
});

describe("grids", () => {
  test.each([
    ["21x21", 21, 21],
    ["51x1", 51, 1],
    ["7", 7, 7],
    ["1001x2", 1001, 2],
  ])("%s", (text, columns, rows) => {
    const grid = parseGrid(text, "--grid");
    expect(grid).toEqual({ columns, rows });
    expect(parseGrid(formatGrid(grid), "--grid")).toEqual(grid);
  });

  test.each(["", "x", "21x", "x21", "0x1", "1002x2", "21X21", "21×21", "2.5x2", "-1x2", "3x3x3", "1e2"])(
    "refused: %j",
    (text) => {
      expect(() => parseGrid(text, "--grid")).toThrow("Give COLUMNSxROWS, each from 1 to 1001, such as 21x21.");
    },
  );
});

describe("ranges", () => {
  test.each([
    ["-1:1", [-1, 1], [-1, 1]],
    ["-1:1,-0.5:0.5", [-1, 1], [-0.5, 0.5]],
    ["0:1e-3", [0, 0.001], [0, 0.001]],
    ["+.5:1.", [0.5, 1], [0.5, 1]],
  ])("%s", (text, alpha, beta) => {
    const ranges = parseRanges(text, "--range");
    expect([ranges.alpha.min, ranges.alpha.max]).toEqual(alpha);
    expect([ranges.beta.min, ranges.beta.max]).toEqual(beta);
    expect(parseRanges(formatRanges(ranges.alpha, ranges.beta), "--range")).toEqual(ranges);
  });

  test.each([
    "",
    "1",
    "1:1",
    "1:-1",
    "-1:1:3",
    "-1:1,",
    "-1:1,-1:1,-1:1",
    "a:b",
    "-Infinity:1",
    "0:2e6",
    " -1:1",
    "0x0:0x1",
  ])("refused: %j", (text) => {
    expect(() => parseRanges(text, "--range")).toThrow("Give MIN:MAX, such as -1:1, or MIN:MAX,MIN:MAX");
  });
});

test("decimals are read and nothing else", () => {
  expect(["1", "-1.5", ".5", "5.", "1e21", "1E-7", "+3"].map(parseDecimal)).toEqual([1, -1.5, 0.5, 5, 1e21, 1e-7, 3]);
  expect(["", ".", "e5", "1e", "0x10", "1 ", "NaN", "Infinity", "1_000", "1,5"].map(parseDecimal)).toEqual(
    Array(10).fill(null),
  );
});

/** Runs of levels and indices: sound ones pass, and none that claims more than there can be. */
import { describe, expect, test } from "vitest";
import { checkRuns } from "../../src/data/check-parquet-runs.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);

describe("checkRuns", () => {
  test.each([
    ["five times one value", bytes(10, 1), 1, 5],
    ["eight packed values, three of them padding", bytes(3, 0b1111), 1, 5],
    ["a repeated value and packed ones behind it", bytes(16, 1, 3, 0xff), 1, 16],
    ["values of three bits", bytes(3, 1, 2, 3), 3, 8],
    ["none where none are said to be", bytes(), 1, 0],
  ])("takes %s", (_, runs, bits, most) => {
    expect(() => checkRuns(runs, bits, most)).not.toThrow();
  });

  test.each([
    ["two billion values", bytes(0xfe, 0xff, 0xff, 0xff, 0x0f, 1), 1, 5],
    ["a run of nothing, which would never end", bytes(0, 1, 0, 1), 1, 5],
    ["packed values that are cut off", bytes(5, 0xff), 1, 16],
    ["a length that is cut off", bytes(0x80), 1, 5],
    ["a length without an end", bytes(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0), 1, 5],
    ["values of 200 bits", bytes(10, 1), 200, 5],
  ])("refuses %s", (_, runs, bits, most) => {
    expect(() => checkRuns(runs, bits, most)).toThrow();
  });
});

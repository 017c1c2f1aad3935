import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatFixed,
  formatFlop,
  formatPercent,
  formatTick,
  formatValue,
} from "../../src/app/kit/format.ts";

describe("formatting", () => {
  it.each([
    [0.12345678, "0.1235"],
    [-1.5, "−1.500"],
    [0, "0"],
    [123456, "123456"],
    [0.0000123, "1.230×10⁻⁵"],
    [3.2e9, "3.200×10⁹"],
    [Number.NaN, "not a number"],
    [Number.POSITIVE_INFINITY, "∞"],
    [Number.NEGATIVE_INFINITY, "−∞"],
  ])("writes the value %d as %s", (value, text) => expect(formatValue(value)).toBe(text));

  it.each([
    [0.5, "0.5"],
    [-1, "−1"],
    [0.30000000000000004, "0.3"],
    [1e-4, "10⁻⁴"],
    [2e-7, "2×10⁻⁷"],
    [1e6, "10⁶"],
    [20000, "20000"],
  ])("writes the tick %d as %s", (value, text) => expect(formatTick(value)).toBe(text));

  it("keeps the decimals of a coordinate and has no minus zero", () => {
    expect(formatFixed(-0.0001, 3)).toBe("0.000");
    expect(formatFixed(-0.08, 3)).toBe("−0.080");
  });

  it("uses SI prefixes and breaks time into two units", () => {
    expect(formatBytes(41_300_000)).toBe("41.3 MB");
    expect(formatBytes(999_960)).toBe("1.0 MB");
    expect(formatFlop(2.13e12)).toBe("2.1 TFLOP");
    expect(formatDuration(40)).toBe("40 s");
    expect(formatDuration(200)).toBe("3 min 20 s");
    expect(formatDuration(7500)).toBe("2 h 5 min");
    expect(formatDuration(Number.NaN)).toBe("–");
    expect(formatCount(9231114)).toBe("9\u202f231\u202f114");
    expect(formatPercent(0.1234)).toBe("12.3 %");
  });
});

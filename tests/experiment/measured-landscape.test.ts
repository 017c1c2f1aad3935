/** The document of a landscape measured earlier: what it keeps, and what it refuses. */
import { describe, expect, it } from "vitest";
import { ResultFileError } from "../../src/experiment/experiment-error.ts";
import { landscapeFromJson, landscapeToJson, type MeasuredLandscape } from "../../src/experiment/measured-landscape.ts";
import { sampleSurface } from "./samples.ts";

const list = (count: number, at: (index: number) => number) => Float64Array.from({ length: count }, (_, i) => at(i));

function sampleLandscape(): MeasuredLandscape {
  const surface = sampleSurface;
  const { spec } = surface.report;
  return {
    surface: {
      ...surface,
      report: { ...surface.report, spec: { ...spec, data: { ...spec.data, path: "/home/somebody/images" } } },
    },
    path: {
      step: list(3, (index) => 10 * index),
      alpha: list(3, (index) => -1.234567 * (2 - index)),
      beta: list(3, (index) => 0.1 * index),
      offPlane: list(3, (index) => 0.5 / (index + 1)),
      loss: list(3, (index) => 2.345678 / (index + 1)),
      lossError: list(3, () => 0.0123456),
      accuracy: list(3, (index) => 0.1 + 0.3 * index),
    },
    extent: 13.5,
    explained: [0.9, 0.08],
    label: "after 10 epochs",
    measuredOn: "2026-11-25",
  };
}

describe("a landscape measured earlier", () => {
  const landscape = sampleLandscape();
  const text = landscapeToJson(landscape);
  const changed = (change: (document: Record<string, never>) => void): string => {
    const document = JSON.parse(text);
    change(document);
    return JSON.stringify(document);
  };

  it("comes back with its grid, its words and its values to the digits that it keeps", () => {
    const { surface, path, ...rest } = landscapeFromJson(text);
    const { surface: before, path: pathBefore, ...restBefore } = landscape;
    expect(rest).toEqual(restBefore);
    expect(surface.values.columns).toBe(before.values.columns);
    expect(surface.values.alpha).toEqual(before.values.alpha);
    expect(surface.values.beta).toEqual(before.values.beta);
    for (const [index, loss] of before.values.loss.entries()) {
      const { loss: read } = surface.values;
      if (Number.isFinite(loss)) expect(Math.abs(read[index] - loss)).toBeLessThanOrEqual(1e-4 * Math.abs(loss));
      else expect(read[index]).toBeNaN();
    }
    expect([...path.step]).toEqual([...pathBefore.step]);
    for (const [index, alpha] of pathBefore.alpha.entries()) expect(path.alpha[index]).toBeCloseTo(alpha, 4);
  });

  it("tells nobody where the images lay", () => {
    expect(text).not.toContain("somebody");
    expect(landscapeFromJson(text).surface.report.spec.data).not.toHaveProperty("path");
  });

  it.each<[string, string, RegExp]>([
    ["no JSON", "{", /JSON/],
    ["another format", changed((document) => Object.assign(document, { format: "basin-surface" })), /format/],
    ["a later version", changed((document) => Object.assign(document, { version: 2 })), /version/],
    ["a value too few", changed(({ values }) => (values as { loss: number[] }).loss.pop()), /"loss" has \d+ values/],
    ["a text among the values", changed(({ values }) => (values as { loss: unknown[] }).loss.fill("1")), /loss/],
    ["no day", changed((document) => Object.assign(document, { measuredOn: "yesterday" })), /measuredOn/],
    ["a damaged report", changed((document) => Object.assign(document, { report: {} })), /./],
  ])("refuses %s by name", (_, damaged, words) => {
    expect(() => landscapeFromJson(damaged)).toThrow(ResultFileError);
    expect(() => landscapeFromJson(damaged)).toThrow(words);
  });
});

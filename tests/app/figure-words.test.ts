import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { smoothed, thinIndices } from "../../src/app/chart/smoothing.ts";
import { colourTable } from "../../src/app/figure/colour-maps.ts";
import { figureCaption, figureSummary } from "../../src/app/figure/describe.ts";
import { buildDisplayGrid } from "../../src/app/figure/display-grid.ts";
import { palettes } from "../../src/app/kit/use-palette.ts";
import { lossColumns } from "../../src/app/plate/curve-data.ts";
import { LossRecord } from "../../src/app/stores/loss-record.ts";
import { presets } from "../../src/app/stores/settings/presets.ts";
import { defaultSettings } from "../../src/app/stores/settings/settings.ts";
import { ProgressiveGrid } from "../../src/experiment/progressive-grid.ts";
import type { SurfaceReport } from "../../src/experiment/surface.ts";
import type { SurfaceView } from "../../src/experiment/surface-view.ts";

function threeByThree(): ProgressiveGrid {
  const grid = new ProgressiveGrid({ min: -1, max: 1, count: 3 }, { min: -1, max: 1, count: 3 });
  grid.apply({
    cells: Uint32Array.of(0, 4, 5, 8),
    loss: Float64Array.of(2.5, 0.25, 0.125, Number.POSITIVE_INFINITY),
    lossError: Float64Array.of(0.1, 0.01, 0.01, Number.NaN),
    accuracy: Float64Array.of(0.2, 0.9, 0.95, 0.1),
  });
  return grid;
}

describe("words of a figure", () => {
  it("sums up a partial surface for those who do not see it", () => {
    const summary = (grid: ProgressiveGrid) => figureSummary(grid, "loss", buildDisplayGrid(grid, "loss", "auto"));
    expect(summary(threeByThree())).toBe(
      "4 of 9 points measured. Smallest loss 0.1250 at α = 1.000, β = 0.000; largest 2.500 at α = −1.000, β = −1.000." +
        " At the centre 0.2500. 1 of them are not finite.",
    );
    expect(summary(new ProgressiveGrid({ min: 0, max: 1, count: 2 }, null))).toBe("0 of 2 points measured.");
  });

  it("says in the caption everything that decides the values", () => {
    const { spec } = presets[0];
    const { title, text } = figureCaption(spec, defaultSettings.surface, "after 8 epochs", "loss", null, "WebGPU");
    expect(title).toBe("Loss around VGG11-BN, width ×0.25, after 8 epochs.");
    for (const part of [
      "seeds 1 (α) and 2 (β)",
      "filter-normalised",
      "biases and BatchNorm parameters zero",
      "BatchNorm statistics frozen",
      "training set",
      "51 × 51",
      "on WebGPU",
    ]) {
      expect(text).toContain(part);
    }
  });

  it.each([
    [
      { kind: "eigen", index: 1 },
      { kind: "eigen", index: -1 },
      "The eigenvector of the largest Hessian eigenvalue (α), and the eigenvector of the smallest Hessian eigenvalue (β), as a variant filter-normalised",
    ],
    [
      { kind: "eigen", index: 2 },
      { kind: "random", seed: 7 },
      "The eigenvector of the 2nd largest Hessian eigenvalue (α), and a random Gaussian direction, seed 7 (β)",
    ],
    [
      { kind: "eigen", index: -11 },
      null,
      "The eigenvector of the 11th smallest Hessian eigenvalue, as a variant filter-normalised",
    ],
    [{ kind: "eigen", index: 23 }, null, "The eigenvector of the 23rd largest"],
  ] as const)("names directions %j and %j", (x, y, words) => {
    const { text } = figureCaption(presets[0].spec, { ...defaultSettings.surface, x, y }, "", "loss", null, null);
    expect(text).toContain(words);
  });
});

describe("the treatment of directions in the caption", () => {
  const along = {
    ...defaultSettings.surface,
    x: { kind: "eigen", index: 1 },
    y: { kind: "eigen", index: -1 },
  } as const;
  const asTheyAre = { ...along, normalization: "none", biases: "include" } as const;
  const report = { eigenvalues: [15.8124, -2.5] } as unknown as SurfaceReport;
  const captionOf = (view: SurfaceView) => figureCaption(presets[0].spec, view, "", "loss", report, null).text;

  it("gives the eigenvalues as a check where eigenvectors are drawn as they are", () => {
    expect(captionOf(asTheyAre)).toContain(
      "eigenvalue (β), not normalised; biases and BatchNorm parameters included in them." +
        " ‖v‖ = 1, so the loss has curvature along α λ₁ = 15.81 and along β λ₋₁ = −2.500 at the centre.",
    );
    expect(captionOf(along)).not.toContain("curvature");
    expect(captionOf({ ...asTheyAre, orthogonalize: true })).toContain("curvature along α λ₁ = 15.81 at the centre");
  });

  it("tells how each of two directions of unlike kinds is treated", () => {
    const mixed = { ...along, y: { kind: "random", seed: 2 }, normalization: "by-kind", biases: "by-kind" } as const;
    expect(captionOf(mixed)).toContain(
      "the first not normalised; biases and BatchNorm parameters included in it;" +
        " the second filter-normalised; biases and BatchNorm parameters zero in it.",
    );
  });
});

describe("curves", () => {
  it("smooths without a pull towards zero at the start, and skips what is not finite", () => {
    expect([...smoothed([4, 4, 4], 0.9)].map((value) => value.toFixed(9))).toEqual([
      "4.000000000",
      "4.000000000",
      "4.000000000",
    ]);
    expect([...smoothed([1, 3], 0)]).toEqual([1, 3]);
    expect(smoothed([2, Number.NaN, 2], 0.5)[2]).toBeCloseTo(2, 12);
  });

  it("thins long curves but keeps both ends", () => {
    const indices = thinIndices(100_000, 1000);
    expect(indices.length).toBeLessThanOrEqual(1000);
    expect(indices[0]).toBe(0);
    expect(indices.at(-1)).toBe(99_999);
    expect(thinIndices(0, 10).length).toBe(0);
  });

  it("puts batch losses and epoch figures on one axis of steps", () => {
    const record = new LossRecord();
    record.write(0, Float32Array.of(2, 1));
    record.write(2, Float32Array.of(0.5));
    const metrics = { epoch: 1, learningRate: 0.1, trainAccuracy: 1, testAccuracy: 1, elapsedMs: 1 };
    const columns = lossColumns(record, [{ ...metrics, step: 2, trainLoss: 0.9, testLoss: 1.1 }], 0);
    expect(columns).toEqual([
      [1, 2, 3],
      [2, 1, 0.5],
      [2, 1, 0.5],
      [null, 0.9, null],
      [null, expect.closeTo(1.1, 12), null],
    ]);
  });

  it("grows a record over its first block and marks a gap", () => {
    const record = new LossRecord();
    record.write(1500, Float32Array.of(7));
    expect(record.length).toBe(1501);
    expect(record.values[1499]).toBeNaN();
    expect(record.values[1500]).toBe(7);
  });
});

describe("colours", () => {
  it("has viridis and cividis with their known ends", () => {
    expect([...colourTable("viridis").slice(0, 4)]).toEqual([0x44, 0x01, 0x54, 255]);
    expect([...colourTable("viridis", true).slice(-4)]).toEqual([0x44, 0x01, 0x54, 255]);
    expect(colourTable("cividis").length).toBe(1024);
  });

  it("draws canvases in the tokens of the style sheet", () => {
    const css = readFileSync(new URL("../../src/app/styles/tokens.css", import.meta.url), "utf8");
    const [, light, dark] = css.split(/data-mantine-color-scheme=/);
    const names = {
      paper: "--paper",
      ink: "--ink",
      gridLine: "--scene-grid",
      frameLine: "--scene-frame",
      accent: "--accent",
      quiet: "--ink-quiet",
    } as const;
    for (const [scheme, text] of [
      ["light", light],
      ["dark", dark],
    ] as const) {
      for (const name of Object.keys(names) as (keyof typeof names)[]) {
        expect(text).toContain(`${names[name]}: ${palettes[scheme][name]};`);
      }
    }
  });

  it("has text that reads on its ground (WCAG AA)", () => {
    const css = readFileSync(new URL("../../src/app/styles/tokens.css", import.meta.url), "utf8");
    const [, light, dark] = css.split(/data-mantine-color-scheme=/);
    for (const text of [light, dark]) {
      const token = (name: string) => text.match(new RegExp(`--${name}: (#[0-9a-f]{6})`))![1];
      for (const ground of ["paper", "panel", "accent-wash", "field"]) {
        for (const ink of ["ink", "ink-soft"]) expect(contrast(token(ink), token(ground))).toBeGreaterThan(4.5);
      }
      for (const ground of ["paper", "panel", "field"]) {
        for (const ink of ["ink-quiet", "accent"]) expect(contrast(token(ink), token(ground))).toBeGreaterThan(4.5);
        expect(contrast(token("field-border"), token(ground))).toBeGreaterThan(3);
      }
    }
  });
});

function contrast(a: string, b: string): number {
  const luminance = (hex: string) =>
    [1, 3, 5]
      .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, index) => sum + c * [0.2126, 0.7152, 0.0722][index], 0);
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

import { describe, expect, it } from "vitest";
import { colourScale } from "../../src/app/figure/colour-scale.ts";
import { buildFigure } from "../../src/app/figure/figure.ts";
import { overlayCaption, overlaySummary } from "../../src/app/figure/overlay-words.ts";
import { missingPathWords } from "../../src/app/figure/path-words.ts";
import { defaultView } from "../../src/app/figure/view-settings.ts";
import { convexityRefusal, hessianRefusal, modelRefusal } from "../../src/app/stores/plane.ts";
import { presets } from "../../src/app/stores/settings/presets.ts";
import { defaultSettings } from "../../src/app/stores/settings/settings.ts";
import { modelAt } from "../../src/experiment/quadratic-model.ts";
import { gridOf, layerOf, saddle } from "./overlay-figures.ts";

const vggBatchNorm = presets[0].spec;
const mlp = { ...vggBatchNorm, model: { name: "mlp", hidden: [8], activation: "tanh", classes: 10 } } as const;
const { surface } = defaultSettings;
const method = { tolerance: 0.01, dimension: 12_345, unconverged: 0 };

const spec = { ...mlp, model: { ...mlp.model, hidden: [8] } };
const overBowl = (view = defaultView) =>
  buildFigure(
    gridOf(5, (alpha, beta) => modelAt(saddle, alpha, beta) ** 2 + 0.01),
    view,
    { model: saddle, layer: null },
  );

describe("captions of overlays", () => {
  it("say what the model is of, and where a log scale has no place for it", () => {
    const words = overlayCaption(
      overBowl({ ...defaultView, scale: "linear" }),
      vggBatchNorm,
      surface,
      "dashed",
      method,
    );
    for (const part of ["Dashed: the quadratic model", "½sᵀHs", "α = β = 0", "BatchNorm statistics frozen"])
      expect(words).toContain(part);
    expect(words).not.toContain("log scale");
    const log = overlayCaption(overBowl({ ...defaultView, scale: "log" }), spec, surface, "translucent", method);
    expect(log).toContain("not drawn where it is 0 or less");
    expect(log).not.toContain("BatchNorm");
    const line = overlayCaption(overBowl(), spec, { ...surface, y: null }, "dashed", method);
    expect(line).toContain("f(0) + gα + ½hα²");
  });

  it("say how convexity was measured, and how much of it is there", () => {
    const figure = buildFigure(
      gridOf(5, (alpha) => alpha),
      defaultView,
      { model: null, layer: layerOf(3, [0, 0.5, null, 0, 0, 0, 0, 0, 1]) },
    );
    const words = overlayCaption(figure, vggBatchNorm, { ...surface, batchNorm: "batch" }, "dashed", method);
    for (const part of [
      "12\u202f345 parameters of rank ≥ 2",
      "residual of 0.01",
      "BatchNorm with batch statistics",
      "3 × 3 points, 8 measured",
    ])
      expect(words).toContain(part);
    expect(words).not.toContain("fell short");
    expect(overlayCaption(figure, spec, surface, "dashed", { ...method, unconverged: 2 })).toContain(
      "2 of them fell short of the tolerance",
    );
    expect(overlaySummary(figure)).toBe(
      "Convexity measured at 8 of 9 points: |λmin/λmax| from 0 at α = −1.000, β = −1.000 to 1.00 at α = 1.000, β = 1.000.",
    );
  });

  it("are empty without overlays", () => {
    const figure = buildFigure(
      gridOf(3, (alpha) => alpha),
      defaultView,
    );
    expect(overlayCaption(figure, spec, surface, "dashed", method)).toBe("");
    expect(overlaySummary(figure)).toBe("");
  });

  it("sum the model up by its derivatives and its largest error", () => {
    const grid = gridOf(3, (alpha, beta) => modelAt(saddle, alpha, beta) + (alpha === 1 && beta === 0 ? -1 : 0));
    expect(overlaySummary(buildFigure(grid, defaultView, { model: saddle, layer: null }))).toBe(
      "Quadratic model: 0.5000 at the centre, gradient (0.250, −1.00), curvatures in the plane 4.16 and −2.16;" +
        " furthest from the measured loss, by 1.00, at α = 1.000, β = 0.000.",
    );
  });
});

describe("the colour bar", () => {
  it("is that of the metric, or of convexity from 0 to 1 with what lies beyond", () => {
    const grid = gridOf(3, (alpha) => alpha + 2);
    const plain = colourScale(buildFigure(grid, defaultView));
    expect([plain.name, plain.unit, plain.clipsHigh]).toEqual(["Loss", "cross-entropy, nats", false]);
    expect(plain.ticks.map(({ place }) => place)).toEqual(plain.ticks.map(({ text }) => (Number(text) - 1) / 2));
    const layered = colourScale(buildFigure(grid, defaultView, { model: null, layer: layerOf(2, [0, 0, 0, 1.5]) }));
    expect(layered.name).toBe("Convexity |λmin/λmax|");
    expect(layered.ticks.map(({ text }) => text)).toEqual(["0", "0.25", "0.5", "0.75", "1"]);
    expect(layered.clipsHigh).toBe(true);
    expect(layered.text).toContain("up to 1.50, clipped");
  });
});

describe("reasons against overlays", () => {
  it("name re-estimated BatchNorm, but only where there is BatchNorm", () => {
    expect(hessianRefusal(vggBatchNorm, { batchNorm: "reestimated" }, null)).toContain("no exact derivative");
    expect(hessianRefusal(vggBatchNorm, { batchNorm: "frozen" }, null)).toBeNull();
    expect(hessianRefusal(spec, { batchNorm: "reestimated" }, null)).toBeNull();
  });

  it("name the metric and the line", () => {
    expect(modelRefusal("accuracy", null)).toContain("accuracy");
    expect(modelRefusal("loss", null)).toBeNull();
    expect(convexityRefusal({ ...surface, y: null }, null)).toContain("line");
    expect(convexityRefusal(surface, "why")).toBe("why");
  });

  it("name weights and directions that are gone", () => {
    const weights = { theta: new Float32Array(1), state: new Float32Array(0) };
    const source = { spec, weights, label: "", checkpoint: null };
    const kept = { source, settings: surface, request: null };
    expect(hessianRefusal(spec, surface, { ...kept, isOrphan: true })).toContain("weights");
    expect(hessianRefusal(spec, surface, { ...kept, isOrphan: false })).toBeNull();
    const along = { ...surface, x: { kind: "eigen", index: 1 } } as const;
    expect(hessianRefusal(spec, along, { ...kept, settings: along, isOrphan: false })).toContain("directions");
  });
});

describe("what stands in the path's place", () => {
  it("says how the path itself stands, not that it waits for the surface", () => {
    expect(missingPathWords("running")).toBe("Projecting the path …");
    expect(missingPathWords("failed")).toBe("The path could not be projected");
    expect(missingPathWords("idle")).toBe("No path in this plane yet");
  });
});

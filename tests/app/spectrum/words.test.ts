import { describe, expect, it } from "vitest";
import { pairName, pairNumber } from "../../../src/app/figure/pair-name.ts";
import { productCost } from "../../../src/app/spectrum/cost.ts";
import { curvatureCaption, recoveryWords, spectrumSummary, subjectOf } from "../../../src/app/spectrum/words.ts";
import { curvatureRequest } from "../../../src/app/stores/measurements/matrix.ts";
import { subsetSizes } from "../../../src/app/stores/measurements/subsets.ts";
import { decodeSettings, encodeSettings } from "../../../src/app/stores/settings/link.ts";
import { defaultSettings } from "../../../src/app/stores/settings/settings.ts";
import { defaultSpectrumView, measurementParams } from "../../../src/app/stores/settings/spectrum-settings.ts";
import type { CurvatureReport, Spectrum } from "../../../src/experiment/curvature.ts";

const { spec } = defaultSettings;
const request = curvatureRequest(defaultSpectrumView);
const source = {
  spec,
  weights: { theta: new Float32Array(4), state: new Float32Array(0) },
  label: "after 8 epochs",
  checkpoint: null,
};
const report: CurvatureReport = {
  spec,
  request,
  dimension: 579_786,
  examples: 1000,
  microBatches: [1000],
  flopPerProduct: 9e9,
  backend: "WebGPU",
  elapsedMs: 1000,
};

describe("a caption of curvature", () => {
  it("names matrix, weights, data set, n, BatchNorm, and what else decides it", () => {
    const { title, text } = curvatureCaption("Eigenvalues", subjectOf(source, request, report), ["k = 10."]);
    expect(title).toBe("Eigenvalues of the Hessian, VGG11-BN, width ×0.25, after 8 epochs.");
    expect(text).toMatch(
      /579.786 parameters\. BatchNorm statistics frozen\. Synthetic shapes, training set, class-balanced 1.000 images, seed 0\. k = 10\. On WebGPU\./,
    );
  });

  it("names a block, scaling and batch statistics", () => {
    const block = {
      ...request,
      operator: "fisher",
      parameters: ["classifier.*"],
      filterScaled: true,
      batchNorm: "batch",
      subset: "test",
    } as const;
    const { title, text } = curvatureCaption("Trace", subjectOf(source, block, null), []);
    expect(title).toMatch(/^Trace of the Fisher matrix/);
    expect(text).toMatch(
      /Block of classifier\.\*\. Scaled by the filters' norms .* batches of 100\. Synthetic shapes, test set, the first 500 images\./,
    );
  });
});

describe("pairs in words", () => {
  it("are numbered from either end, as directions are", () => {
    expect([0, 1, 2, 3].map((place) => pairNumber(place, 2))).toEqual([1, 2, -1, -2]);
    expect(pairName(12)).toBe("λ₁₂");
    expect(pairName(-1, "v")).toBe("v₋₁");
  });

  it("are summed up with residuals, and estimates are called so", () => {
    const spectrum: Spectrum = {
      eigenvalues: Float64Array.of(142, 71, -4),
      top: 2,
      residuals: Float64Array.of(0.1, 0.02, 0.03),
      vectors: [],
      tolerance: 1e-3,
      products: 43,
      status: "converged",
      report,
    };
    expect(spectrumSummary(spectrum)).toBe(
      "3 eigenpairs in 43 products. Largest 142.0 ± 0.10, λ₂ 71.00 ± 0.020. Smallest −4.000 ± 0.030. 1 of them negative. All pairs converged.",
    );
    expect(spectrumSummary({ ...spectrum, status: "cancelled" })).toMatch(/0\.10 \(estimate\)/);
    const none = { eigenvalues: new Float64Array(0), residuals: new Float64Array(0), top: 0 };
    expect(spectrumSummary({ ...spectrum, ...none })).toBe("No eigenpair was found in 43 products.");
  });
});

describe("a solve that lost its device", () => {
  it("says what is kept and what is done again", () => {
    expect(recoveryWords({ products: 0, lostProducts: 1 })).toBe(
      "No basis was stored yet: 1 product had to be done again.",
    );
    expect(recoveryWords({ products: 12, lostProducts: 3 })).toBe(
      "It went on from the basis stored after 12 products; 3 had to be done again.",
    );
  });
});

describe("the cost of a product", () => {
  it("is that of a measurement of the same work, whatever its seed", () => {
    expect(productCost(spec, { ...request, seed: 9 }, [report], 1, [])).toEqual({ flop: 9e9, isExact: true });
  });

  it("is else reckoned from the cost of a loss on as many examples", () => {
    expect(productCost(spec, { ...request, operator: "ggn" }, [report], 2e9, [])).toEqual({
      flop: 1e10,
      isExact: false,
    });
    expect(productCost(spec, { ...request, subset: "test" }, [report], 2e9, [])).toEqual({ flop: 6e9, isExact: false });
    expect(productCost(spec, { ...request, subset: "test" }, [], null, [])).toBeNull();
  });
});

describe("the settings of curvature", () => {
  it("travel in a link", () => {
    const spectrum = {
      ...defaultSpectrumView,
      operator: "ggn" as const,
      parameters: ["features.*.weight", "classifier.bias"],
      tolerance: 1e-5,
      spectrum: { top: 10, bottom: 0 },
      subsets: { ...defaultSpectrumView.subsets, sizes: [32, 64] },
    };
    expect(decodeSettings(encodeSettings({ ...defaultSettings, spectrum })).spectrum).toEqual(spectrum);
    expect(() => decodeSettings("#top=0&bottom=0")).toThrow(/at least 1/);
    expect(() => decodeSettings("#tolerance=0")).toThrow(/tolerance/);
  });

  it("take parts of the set where no sizes are chosen, and resample the whole", () => {
    expect(subsetSizes(defaultSpectrumView.subsets, 1000)).toEqual([63, 125, 250, 500]);
    expect(subsetSizes(defaultSpectrumView.subsets, 3)).toEqual([1, 2]);
    const chosen = { ...defaultSpectrumView, subsets: { top: 3, sizes: [50, 10, 50], draws: 2, resampled: 4 } };
    const { batchSizes, resampled, memoryBytes } = measurementParams("subsets", chosen, 64);
    expect(batchSizes).toEqual([10, 50]);
    expect(resampled).toEqual({ size: 64, draws: 4 });
    expect(memoryBytes).toBe(1.024e9);
    expect(
      measurementParams("subsets", { ...chosen, subsets: { ...chosen.subsets, resampled: 0 } }, 64).resampled,
    ).toBeNull();
  });
});

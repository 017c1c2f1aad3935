/** Links made before the treatment of a direction followed from its kind: what they left out is what it was then. */
import { describe, expect, it } from "vitest";
import { decodeSettings, encodeSettings } from "../../src/app/stores/settings/link.ts";
import { defaultSettings } from "../../src/app/stores/settings/settings.ts";

const asLi = { normalization: "filter", biases: "ignore" };
const asTheyAre = { normalization: "none", biases: "include" };

describe("an old link", () => {
  it.each([
    ["model=mlp", asLi],
    ["x=random:3&y=random:4&range=-2:2", asLi],
    ["model=mlp&x=eigen:1&y=eigen:2", asLi],
    ["model=mlp&x=eigen:1&y=none", asLi],
    ["x=eigen:1&y=eigen:-2&biases=include", { normalization: "filter", biases: "include" }],
    ["x=eigen:1&y=eigen:2&normalize=layer", { normalization: "layer", biases: "ignore" }],
    ["x=eigen:1&y=eigen:2&normalize=none&biases=include", asTheyAre],
    ["x=pca:1&y=pca:2", asLi],
    ["x=pca:1&y=pca:2&normalize=none&biases=include&range=-1.2:3,-0.5:2", asTheyAre],
    ["x=random:1&y=pca:2&normalize=none&biases=include", asTheyAre],
  ])("%s is treated as when it was made", (link, treatment) => {
    expect(decodeSettings(link).surface).toMatchObject(treatment);
  });

  it.each([
    ["compareX=eigen:1&compareY=eigen:2", asLi],
    ["compareX=eigen:1&compareY=eigen:2&compareNormalize=none&compareBiases=include", asTheyAre],
  ])("%s compares what it compared", (link, treatment) => {
    expect(decodeSettings(link).compare.surface).toMatchObject(treatment);
  });

  it("is written as it was", () => {
    const { surface } = defaultSettings;
    const along = { ...surface, x: { kind: "eigen", index: 1 }, y: { kind: "eigen", index: 2 } } as const;
    expect(encodeSettings({ ...defaultSettings, surface: along })).toContain("x=eigen:1&y=eigen:2");
    expect(encodeSettings({ ...defaultSettings, surface: along })).not.toContain("normalize");
    const { normalization, biases } = { normalization: "none", biases: "include" } as const;
    expect(encodeSettings({ ...defaultSettings, surface: { ...along, normalization, biases } })).toContain(
      "x=eigen:1&y=eigen:2&normalize=none&biases=include",
    );
  });
});

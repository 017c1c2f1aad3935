/** What is compared, in the link and in undo; runs that a link names and that are not kept here. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCompareSettings } from "../../../src/app/stores/compare/settings-store.ts";
import {
  type CompareSettings,
  compareSettingsSchema,
  drawings,
} from "../../../src/app/stores/settings/compare-settings.ts";
import { decodeSettings, encodeSettings } from "../../../src/app/stores/settings/link.ts";
import { defaultSettings } from "../../../src/app/stores/settings/settings.ts";
import { createSettingsStore } from "../../../src/app/stores/settings/settings-store.ts";

const withCompare = (change: Partial<CompareSettings>) => ({
  ...defaultSettings,
  compare: { ...defaultSettings.compare, ...change },
});

describe("a link to a comparison", () => {
  it("says nothing of what nobody has chosen", () => {
    expect(encodeSettings(defaultSettings)).not.toContain("compare");
    expect(decodeSettings("model=mlp").compare).toEqual(defaultSettings.compare);
  });

  it("carries runs, arrangement, surfaces and drawing there and back", () => {
    const { surface, view } = defaultSettings.compare;
    const settings = withCompare({
      runs: ["0b9c-1", "a run, with commas & 100 %"],
      drawing: "map",
      linked: false,
      sharedRange: false,
      surface: { ...surface, x: { kind: "eigen", index: 1 }, alpha: { min: -2, max: 0.5, count: 51 } },
      view: { ...view, metric: "accuracy", verticalScale: 1.5 },
    });
    const link = encodeSettings(settings);
    expect(link).toContain("compareAs=map");
    expect(link).toContain("compareX=eigen:1");
    expect(decodeSettings(link)).toEqual(settings);
  });

  it("round-trips whatever runs and arrangement there are", () => {
    const runs = fc.option(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 40 }), { maxLength: 6 }));
    fc.assert(
      fc.property(runs, fc.constantFrom(...drawings), fc.boolean(), fc.boolean(), (ids, drawing, linked, shared) => {
        const settings = withCompare({ runs: ids, drawing, linked, sharedRange: shared });
        expect(decodeSettings(encodeSettings(settings))).toEqual(settings);
      }),
    );
  });

  it.each([
    ["compareRuns=a,b,a", /compareRuns/],
    ["compareRuns=a,b,c,d,e,f,g", /compareRuns/],
    ["compareRuns=a,,b", /compareRuns/],
    ["compareAs=cube", /compareAs/],
    ["compareLinked=maybe", /compareLinked/],
    ["compareGrid=0x9", /compareGrid/],
    ["compareRange=1:-1", /compareRange/],
    ["compareClipLow=3&compareClipHigh=2", /compareClipLow/],
    ["compareMetric=beauty", /compareMetric/],
  ])("is refused when it is faulty, by its own key: %s", (link, message) => {
    expect(() => decodeSettings(link)).toThrow(message);
  });
});

describe("undo of a comparison's settings", () => {
  it("takes back a choice of runs, and one drag as one step", () => {
    let now = 0;
    const page = createSettingsStore(defaultSettings, () => now);
    const compare = createCompareSettings(page);
    compare.getState().set({ runs: ["a", "b"] });
    now += 5000;
    for (const verticalScale of [1.1, 1.2, 1.3]) {
      now += 100;
      compare.getState().setView({ verticalScale });
    }
    expect(compare.getState().view.verticalScale).toBe(1.3);
    page.getState().undo();
    expect(compare.getState().view.verticalScale).toBe(1);
    expect(compare.getState().runs).toEqual(["a", "b"]);
    page.getState().undo();
    expect(compare.getState().runs).toBeNull();
    page.getState().redo();
    expect(compare.getState().runs).toEqual(["a", "b"]);
    expect(compareSettingsSchema.parse(page.getState().current.compare)).toEqual(page.getState().current.compare);
  });

  it("leaves the Landscape's own settings alone", () => {
    const page = createSettingsStore(defaultSettings);
    createCompareSettings(page)
      .getState()
      .setSurface({ x: { kind: "random", seed: 9 } });
    expect(page.getState().current.surface).toBe(defaultSettings.surface);
    expect(page.getState().current.compare.surface.x).toEqual({ kind: "random", seed: 9 });
  });
});

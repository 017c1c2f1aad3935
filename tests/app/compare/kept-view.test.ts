/** Surfaces kept with runs, shown side by side at once where they are of one plane. */
import { describe, expect, it } from "vitest";
import { createAdoption } from "../../../src/app/stores/compare/adopt-kept.ts";
import { keptView } from "../../../src/app/stores/compare/kept-view.ts";
import type { LoadedRun } from "../../../src/app/stores/compare/runs.ts";
import { defaultCompareSettings } from "../../../src/app/stores/settings/compare-settings.ts";
import { defaultSettings } from "../../../src/app/stores/settings/settings.ts";
import { createSettingsStore } from "../../../src/app/stores/settings/settings-store.ts";
import type { KeptSurface } from "../../../src/experiment/surface.ts";
import { formatDirection } from "../../../src/experiment/surface-texts.ts";
import type { SurfaceView } from "../../../src/experiment/surface-view.ts";

const { surface: usual } = defaultSettings;

function keeps(change: Partial<SurfaceView> = {}): LoadedRun {
  const view = { ...usual, ...change };
  const request = { ...view, x: formatDirection(view.x), y: view.y && formatDirection(view.y) };
  return { surface: { report: { request } } as unknown as KeptSurface } as LoadedRun;
}
const nothing = { surface: null } as LoadedRun;

describe("the view of kept surfaces", () => {
  it("is theirs where they are all of one plane", () => {
    expect(keptView([keeps(), keeps()])).toEqual({ view: usual, why: null });
  });

  it("is none where they differ, and says in what", () => {
    const other = keeps({ subset: "test", alpha: { ...usual.alpha, count: 9 } });
    expect(keptView([keeps(), other]).why).toBe("The surfaces kept with these runs differ in examples, grid.");
    expect(keptView([keeps(), nothing, keeps()]).why).toMatch(/^1 of these 3 runs keeps no surface/);
    expect(keptView([nothing, nothing]).why).toMatch(/^No surface is kept/);
    expect(keptView([keeps({ y: null })]).why).toContain("a line, not a surface");
    const path = keeps({ x: { kind: "pca", index: 1 }, y: { kind: "pca", index: 2 } });
    expect(keptView([path, path]).why).toContain("its own run's path");
  });
});

describe("Compare's opening", () => {
  const open = () => {
    const settings = createSettingsStore(defaultSettings);
    return { settings, adopt: createAdoption(settings), shown: () => settings.getState().current.compare.surface };
  };

  it("takes the plane that the runs keep, without a step of undo", () => {
    const { settings, adopt, shown } = open();
    adopt([keeps(), nothing]);
    expect(shown()).toEqual(defaultCompareSettings.surface);
    adopt([keeps(), keeps()]);
    expect(shown()).toEqual(usual);
    expect(settings.getState().history.past).toEqual([]);
    adopt([keeps({ subset: "test" })]);
    expect(shown().subset).toBe("test");
  });

  it("leaves alone what a person or a link has asked for", () => {
    const { settings, adopt, shown } = open();
    settings.getState().setCompare({ surface: { ...shown(), subset: "test" } });
    adopt([keeps(), keeps()]);
    expect(shown()).toEqual({ ...defaultCompareSettings.surface, subset: "test" });
  });
});

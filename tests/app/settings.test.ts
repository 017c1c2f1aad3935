import { describe, expect, it } from "vitest";
import { specProblems } from "../../src/app/context/use-spec-problems.ts";
import { recordChange, redo, startHistory, undo } from "../../src/app/stores/settings/history.ts";
import { decodeSettings, encodeSettings } from "../../src/app/stores/settings/link.ts";
import { presets } from "../../src/app/stores/settings/presets.ts";
import { defaultSettings, sameSurface } from "../../src/app/stores/settings/settings.ts";
import { createSettingsStore } from "../../src/app/stores/settings/settings-store.ts";

describe("history", () => {
  it("takes back and repeats", () => {
    let history = recordChange(recordChange(startHistory(1), 2, "a", 0), 3, "b", 10);
    history = undo(history);
    expect(history.present).toBe(2);
    history = redo(history);
    expect(history.present).toBe(3);
    history = undo(undo(undo(history)));
    expect(history.present).toBe(1);
    expect(recordChange(history, 9, "c", 20).future).toEqual([]);
  });

  it("counts one drag as one step, but not two drags", () => {
    let history = startHistory(0);
    for (let step = 1; step <= 5; step++) history = recordChange(history, step, "slider", step * 100);
    history = recordChange(history, 6, "slider", 5000);
    expect(undo(history).present).toBe(5);
    expect(undo(undo(history)).present).toBe(0);
  });

  it("keeps no step of a quick change that leads back to where it began", () => {
    const typed = recordChange(
      recordChange(startHistory({ epochs: 7 }), { epochs: 2 }, "epochs", 0),
      { epochs: 7 },
      "epochs",
      200,
    );
    expect(typed).toMatchObject({ past: [], present: { epochs: 7 } });
    const slow = recordChange(
      recordChange(startHistory({ epochs: 7 }), { epochs: 2 }, "epochs", 0),
      { epochs: 7 },
      "epochs",
      2000,
    );
    expect(slow.past).toHaveLength(2);
  });
});

describe("presets", () => {
  it.each(presets.map(({ title, note }) => `${title}: ${note}`))(
    "promise no time that nobody has measured: %s",
    (words) => {
      expect(words).not.toMatch(/second|minute|hour|\d+ s\b/);
    },
  );
});

describe("settings store", () => {
  it("undoes a change of the view without touching the rest", () => {
    let now = 0;
    const store = createSettingsStore(defaultSettings, () => now);
    store.getState().setView({ scale: "log" });
    now = 5000;
    store.getState().setSurface({ normalization: "layer" });
    store.getState().undo();
    expect(store.getState().current).toEqual({ ...defaultSettings, view: { ...defaultSettings.view, scale: "log" } });
    store.getState().redo();
    expect(store.getState().current.surface.normalization).toBe("layer");
  });
});

describe("link", () => {
  it("is never empty for settings, and an empty one is the first preset", () => {
    expect(decodeSettings("")).toEqual(defaultSettings);
    expect(encodeSettings(defaultSettings)).not.toBe("");
  });

  it.each(presets.map((preset) => [preset.title, preset] as const))("brings back the preset %s", (_title, { spec }) => {
    const settings = { ...defaultSettings, spec };
    expect(decodeSettings(`#${encodeSettings(settings)}`)).toEqual(settings);
  });

  it("brings back the surface and the view", () => {
    const settings = {
      ...defaultSettings,
      surface: {
        ...defaultSettings.surface,
        y: null,
        normalization: "layer" as const,
        alpha: { min: -2, max: 0.5, count: 31 },
      },
      view: {
        ...defaultSettings.view,
        metric: "error" as const,
        clip: { low: null, high: 0.75 },
        colourMap: "cividis" as const,
        verticalScale: 0.4,
      },
    };
    expect(decodeSettings(encodeSettings(settings))).toEqual(settings);
  });

  it("says what is wrong with a faulty one", () => {
    expect(() => decodeSettings("#epochs=-1&clipLow=3&clipHigh=2")).toThrow(/epochs[\s\S]*clipLow/);
    expect(() => decodeSettings("#nonsense=1")).toThrow(/nonsense is not a known key/);
  });

  it("refuses percent signs that encode no text in words of its own", () => {
    const remedy = "encode no text. Copy the link again as a whole; a percent sign itself is written %25.";
    expect(() => decodeSettings("#model=vgg%E0%A4%A")).toThrow(`The percent signs of "model=vgg%E0%A4%A" ${remedy}`);
    expect(() => decodeSettings("#epochs=3&lr%=3")).toThrow(`The percent signs of "lr%=3" ${remedy}`);
  });

  it("says of the former vgg11 where its depth is chosen", () => {
    expect(() => decodeSettings("#model=vgg11&depth=13")).toThrow(
      'depth is not a known field. "vgg11" is a former name of "vgg" with a depth of 11. Give the name "vgg" to choose the depth.',
    );
    expect(decodeSettings("#model=vgg11&width=0.5").spec.model).toMatchObject({ name: "vgg", depth: 11, width: 0.5 });
  });
});

describe("same surface", () => {
  const { surface } = defaultSettings;

  it("is another one on another grid, along other directions, or treated otherwise", () => {
    for (const change of [
      { alpha: { min: -2, max: 2, count: 101 } },
      { x: { kind: "eigen", index: 1 } },
      { biases: "include" },
    ] as const)
      expect(sameSurface(surface, { ...surface, ...change })).toBe(false);
  });

  it("carries eigenvectors in a link", () => {
    const along = { ...surface, x: { kind: "eigen", index: 1 }, y: { kind: "eigen", index: -2 } } as const;
    const link = encodeSettings({ ...defaultSettings, surface: along });
    expect(link).toContain("x=eigen:1&y=eigen:-2");
    expect(decodeSettings(link).surface).toEqual(along);
    expect(() => decodeSettings("x=eigen:0")).toThrow(/x is "eigen:0".*eigen:N/);
  });

  it("does not mind the β axis of a line", () => {
    const line = { ...surface, y: null };
    expect(sameSurface(line, { ...line, beta: { min: -5, max: 5, count: 9 } })).toBe(true);
  });
});

describe("specProblems", () => {
  const { spec } = defaultSettings;

  it("finds nothing wrong with the presets once CIFAR-10 is here", () => {
    const stored = [{ set: "cifar10" as const, counts: { train: 50_000, test: 10_000 }, bytes: 1 }];
    for (const preset of presets) expect([preset.id, specProblems(preset.spec, stored)]).toEqual([preset.id, []]);
  });

  it("refuses a batch larger than the set, and CIFAR-10 that is not here", () => {
    const large = { ...spec, training: { ...spec.training, batchSize: 5000 } };
    expect(specProblems(large, []).map(({ path }) => path)).toEqual(["training.batchSize"]);
    const cifar = { ...spec, data: { ...spec.data, source: "cifar10" as const } };
    expect(specProblems(cifar, []).map(({ path }) => path)).toEqual(["data.source"]);
    const stored = [{ set: "cifar10" as const, counts: { train: 500, test: 500 }, bytes: 1 }];
    expect(specProblems(cifar, stored).map(({ path }) => path)).toEqual(["data.train.count"]);
  });
});

import { beforeEach, expect, test } from "vitest";
import { removalTitle } from "../../src/app/runs/removal-words.ts";
import { createRunsStore, type RunsStore } from "../../src/app/stores/runs-store.ts";
import { defaultSettings } from "../../src/app/stores/settings/settings.ts";
import { createSettingsStore, type SettingsStore } from "../../src/app/stores/settings/settings-store.ts";
import { createUndo } from "../../src/app/stores/undo.ts";

let settings: SettingsStore;
let runs: RunsStore;
let undo: () => void;
const removed = () => [...runs.getState().removed];
const contours = () => settings.getState().current.view.contours;

beforeEach(() => {
  settings = createSettingsStore(defaultSettings);
  runs = createRunsStore(new Promise(() => {}), { use: async () => null, persist: async () => false });
  undo = createUndo(settings, runs);
});

test("what was done last is undone first, runs and settings alike", () => {
  const atFirst = contours();
  settings.getState().setView({ contours: !atFirst });
  runs.getState().remove(["a"]);
  runs.getState().remove(["b", "c"]);
  settings.getState().setView({ colourMap: "cividis" });
  undo();
  expect(settings.getState().current.view.colourMap).not.toBe("cividis");
  expect(removed()).toEqual(["a", "b", "c"]);
  undo();
  expect(removed()).toEqual(["a"]);
  undo();
  expect(removed()).toEqual([]);
  expect(contours()).toBe(!atFirst);
  undo();
  expect(contours()).toBe(atFirst);
});

test("a removal that its notice has undone is not undone again", () => {
  const atFirst = contours();
  settings.getState().setView({ contours: !atFirst });
  runs.getState().remove(["a"]);
  runs.getState().undoRemoval(["a"]);
  undo();
  expect(contours()).toBe(atFirst);
});

test("a deletion is told by the names of its runs", () => {
  expect(removalTitle(["Tanh"])).toBe("Run deleted: Tanh");
  expect(removalTitle(["A", "B"])).toBe("2 runs deleted: A, B");
  expect(removalTitle(["A", "B", "C", "D", "E"])).toBe("5 runs deleted: A, B, C and 2 more");
});

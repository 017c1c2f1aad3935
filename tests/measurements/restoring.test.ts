/** A run that is opened shows all that was measured of it, and nothing of the run before. */
import { expect, it, vi } from "vitest";
import { createSpectrumStores } from "../../src/app/context/spectrum.ts";
import { type PagesOfRun, showRun } from "../../src/app/runs/show-run.ts";
import { streamedNames } from "../../src/app/stores/measurements/list.ts";
import type { KeptRun } from "../../src/app/stores/run-keeper.ts";
import { createFakeRunner } from "../app/fake-runner.ts";
import { sampleSpec } from "../experiment/samples.ts";
import { sampleResults } from "../experiment/storage/sample-results.ts";

const storeOf = (state: object) => ({ getState: () => state });

function openPages() {
  const runner = createFakeRunner({ speed: Number.POSITIVE_INFINITY });
  const spectrum = createSpectrumStores({
    runner: () => runner,
    backend: "auto",
    keeper: {} as PagesOfRun["session"]["keeper"],
  });
  const convexity = { restore: vi.fn() };
  const pages = {
    spectrum,
    landscape: { convexity: storeOf(convexity), surface: storeOf({ clear: () => {} }) },
    session: {
      training: storeOf({ adopt: () => {} }),
      trajectory: storeOf({ begin: () => {}, runId: null, points: [] }),
      keeper: { trajectoryOf: async () => null },
    },
  } as unknown as PagesOfRun;
  return { pages, spectrum, convexity };
}

const runWith = (results: KeptRun["results"]) =>
  ({
    record: { id: "a", status: "complete" },
    checkpoint: { spec: sampleSpec, step: 1, weights: { theta: new Float32Array(5) }, epochs: [] },
    surface: null,
    results,
  }) as unknown as KeptRun;

it("restores every result, and lets go of it for a run without", () => {
  const { pages, spectrum, convexity } = openPages();
  showRun(pages, runWith(sampleResults));
  expect(spectrum.measurements.spectrum.getState().result).toBe(sampleResults.spectrum);
  expect(convexity.restore).toHaveBeenCalledWith(expect.anything(), sampleResults.convexity);
  for (const name of streamedNames) expect(spectrum.measurements[name].getState().result).toBe(sampleResults[name]);
  expect(spectrum.measurements.sharpness.getState().parts.map(({ estimate: figure }) => figure)).toEqual(
    sampleResults.sharpness.figures,
  );
  showRun(pages, runWith({}));
  expect(spectrum.measurements.spectrum.getState().result).toBeNull();
  for (const name of streamedNames)
    expect(spectrum.measurements[name].getState()).toMatchObject({ status: "idle", result: null, parts: [] });
});

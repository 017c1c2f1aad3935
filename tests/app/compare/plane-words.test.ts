import { expect, test } from "vitest";
import { toCsv } from "../../../src/app/chart/data-table.ts";
import { planeCaption, planeTable } from "../../../src/app/compare/plane-words.ts";
import { presets } from "../../../src/app/stores/settings/presets.ts";
import { ProgressiveGrid } from "../../../src/experiment/progressive-grid.ts";

test("a plane's values are its measured points, beta the slow axis", () => {
  const grid = new ProgressiveGrid({ min: -1, max: 1, count: 3 }, { min: 0, max: 4, count: 2 });
  const loss = Float64Array.of(0.5, 0.25);
  grid.apply({ cells: Uint32Array.of(1, 5), loss, lossError: loss.map((value) => value / 10), accuracy: loss });
  expect(toCsv(planeTable(grid)).trim().split("\n")).toEqual([
    "alpha,beta,loss,lossError,accuracy",
    "0,0,0.5,0.05,0.5",
    "1,4,0.25,0.025,0.25",
  ]);
});

test("a plane's caption says where its models lie, what they lose by themselves, and what the grid is", () => {
  const [{ spec }] = presets;
  const at = (alpha: number, loss: number) => ({
    label: "m",
    alpha,
    beta: 0,
    inPlane: { loss, accuracy: 1 },
    own: { loss: loss / 2, accuracy: 1 },
  });
  const weights = { theta: new Float32Array(4), state: new Float32Array(0) };
  const model = { label: "m", weights, runId: "a", step: 1 };
  const caption = planeCaption(
    {
      source: { spec, weights, label: "", checkpoint: null },
      models: [model, { ...model, runId: "b" }, { ...model, runId: null }],
      projected: [],
      count: 15,
      subset: "train",
      batchNorm: "interpolated",
    },
    [at(0, 1), at(2, 0.5), at(1, 4)],
    "loss",
    { place: "on the plane through", note: "The line is the curve.", names: ["A", "B", "its control point"] },
  );
  expect(caption.title).toBe("Loss on the plane through A, B, its control point.");
  expect(caption.text).toContain(
    "B at α = 2.00, β = 0.00: loss 0.5000 in the plane, 0.2500 by itself; its control point",
  );
  expect(caption.text).toContain("its control point at α = 1.00, β = 0.00: loss 4.000. Distances");
  expect(caption.text).toContain("training set, 15 × 15 points.");
  expect(caption.text).toMatch(/The line is the curve\.$/);
});

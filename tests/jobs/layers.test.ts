/** Curvature of every layer's block against the block by hand. */
import { expect, it } from "vitest";
import { jacobiEigenvalues } from "../curvature/dense.ts";
import { collect } from "./in-memory.ts";
import { openTanhProblem, solve } from "./tanh-problem.ts";

it("finds every block's eigenvalues, trace and norm", async () => {
  const { runner, params, reduced } = await openTanhProblem();
  const handle = runner.start("layers", { ...params, ...solve, top: 5, probes: 60 });
  const events = await collect(handle);
  const result = await handle.result;
  expect(events.map(({ kind }) => kind)).toEqual(["started", "layer", "layer"]);
  expect(events.slice(1)).toEqual(result.layers.map((layer, index) => ({ kind: "layer", index, layers: 2, layer })));
  expect(result.status).toBe("complete");
  expect(result.layers.map(({ name, parameters, dimension }) => [name, parameters, dimension])).toEqual([
    ["layers.0", ["layers.0.weight", "layers.0.bias"], 3072 * 4 + 4],
    ["layers.2", ["layers.2.weight", "layers.2.bias"], 50],
  ]);
  expect(result.report.dimension).toBe(3072 * 4 + 54);
  for (const layer of result.layers) {
    const block = reduced.hessian([reduced.layers[layer.name as "layers.0" | "layers.2"]]);
    const values = jacobiEigenvalues(block);
    expect(layer.status).toBe("converged");
    layer.eigenvalues.forEach((value, i) => {
      expect(Math.abs(value - values[i]) / values[0], `${layer.name}, pair ${i}`).toBeLessThan(1e-7);
    });
    const trace = values.reduce((sum, value) => sum + value, 0);
    const norm = Math.hypot(...values);
    expect(Math.abs(layer.trace.mean - trace)).toBeLessThan(4 * layer.trace.standardError);
    expect(Math.abs(layer.frobeniusNorm.mean - norm)).toBeLessThan(4 * layer.frobeniusNorm.standardError);
    expect(layer.trace.standardError).toBeLessThan(norm);
  }
});

it("gives all pairs of a block that is smaller than what is asked for", async () => {
  const { runner, params, reduced } = await openTanhProblem();
  const request = { ...params.request, parameters: ["*.bias"] };
  const result = await runner.start("layers", { ...params, ...solve, request, top: 10, probes: 4 }).result;
  expect(result.layers.map(({ dimension, eigenvalues }) => [dimension, eigenvalues.length])).toEqual([
    [4, 4],
    [10, 10],
  ]);
  const { end } = reduced.layers["layers.2"];
  const values = jacobiEigenvalues(reduced.hessian([{ start: end - 10, end }]));
  result.layers[1].eigenvalues.forEach((value, i) => {
    expect(value).toBeCloseTo(values[i], 8);
  });
});

it("leaves out layers without weights when filters scale the matrix", async () => {
  const { runner, params } = await openTanhProblem();
  const request = { ...params.request, filterScaled: true };
  const { layers } = await runner.start("layers", { ...params, ...solve, request, top: 1, probes: 2 }).result;
  expect(layers.map(({ parameters }) => parameters)).toEqual([["layers.0.weight"], ["layers.2.weight"]]);
});

it("keeps the layers done when it is cancelled", async () => {
  const { runner, params } = await openTanhProblem();
  const handle = runner.start("layers", { ...params, ...solve, top: 3, probes: 3 });
  for await (const event of handle.events) if (event.kind === "layer") handle.cancel();
  const { layers, status } = await handle.result;
  expect(status).toBe("cancelled");
  expect(layers.map(({ name, eigenvalues }) => [name, eigenvalues.length])).toEqual([["layers.0", 3]]);
});

import { afterEach, expect, it, vi } from "vitest";
import { createWebgpuBackend } from "../../src/backends/webgpu/backend.ts";
import { parseSweep } from "../../src/experiment/sweep-parse.ts";
import { sweepRuns } from "../../src/experiment/sweep-runs.ts";
import { createTestRunner } from "./in-memory.ts";

afterEach(() => vi.restoreAllMocks());

/** Counts the shader modules and pipelines that the browser is asked for, whoever asks. */
function countCompiles() {
  const modules = vi.spyOn(GPUDevice.prototype, "createShaderModule");
  const pipelines = vi.spyOn(GPUDevice.prototype, "createComputePipelineAsync");
  return () => ({ modules: modules.mock.calls.length, pipelines: pipelines.mock.calls.length });
}

it("runs of one shape share what was compiled for the first, and leave no memory behind", async () => {
  const counts = countCompiles();
  const backend = await createWebgpuBackend();
  const runner = createTestRunner({ createBackend: async () => ({ backend }) });
  const { runs, shapes } = twoShapes();
  const compiled: number[] = [];
  const heldBytes: number[] = [];
  for (const { spec } of runs) {
    const before = counts();
    const { status } = await runner.start("train", { runId: "run", spec, backend: "webgpu" }).result;
    expect(status).toBe("complete");
    const after = counts();
    expect(after.modules - before.modules).toBe(after.pipelines - before.pipelines);
    compiled.push(after.pipelines - before.pipelines);
    heldBytes.push(backend.memory.bytes);
  }
  console.info(`Pipelines compiled by each run: ${compiled.join(", ")}; bytes held after it: ${heldBytes.join(", ")}.`);
  expect(compiled[0]).toBeGreaterThan(5);
  compiled.forEach((count, index) => {
    if (shapes[index] === shapes[index - 1]) expect(count).toBe(0);
  });
  expect(heldBytes[7]).toBe(heldBytes[5]);
  backend.dispose();
});

/** Two widths of an MLP; of each four runs that differ in rate and seed. */
function twoShapes() {
  const sweep = parseSweep({
    base: {
      model: { name: "mlp", hidden: [8] },
      data: { source: "synthetic", train: { count: 40, select: "balanced" }, test: { count: 20 } },
      training: { batchSize: 16, epochs: 2 },
    },
    axes: { learningRate: [0.01, 0.1], seed: [1, 2], hidden: [[8], [12]] },
  });
  const runs = sweepRuns(sweep).toSorted((a, b) => String(shapeOf(a)).localeCompare(String(shapeOf(b))));
  return { runs, shapes: runs.map(shapeOf) };
}

const shapeOf = ({ changes }: ReturnType<typeof sweepRuns>[number]) =>
  String(changes.find(({ axis }) => axis === "hidden")?.value);

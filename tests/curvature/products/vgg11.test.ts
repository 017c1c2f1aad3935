/** Products of VGG11 against PyTorch's double backward in float64. */
import { describe, expect, it } from "vitest";
import { createModel } from "../../../src/architectures/networks.ts";
import type { Backend } from "../../../src/backends/backend.ts";
import { createReferenceBackend } from "../../../src/backends/reference/backend.ts";
import { createTfjsBackend } from "../../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../../src/backends/tfjs/kernels-node.ts";
import { cifar10Facts } from "../../../src/data/sets/cifar10/facts.ts";
import figures from "../../fixtures/curvature/vgg11-products.json" with { type: "json" };
import { hashedImages, hashedVector, hashedWeights, summariesError } from "../../models/fixture.ts";
import { dot, norm } from "../../tensor/vectors.ts";
import { findNodeWebgpu } from "./node-webgpu.ts";
import { openOperator } from "./problem.ts";

const count = 8;

const cases = [
  { name: "vgg11", batchNorm: "frozen" },
  { name: "vgg11BatchNormFrozen", batchNorm: "frozen" },
  { name: "vgg11BatchNormBatch", batchNorm: "batch" },
] as const;

const webgpu = await findNodeWebgpu();
const backends: [string, () => Promise<Backend>, number][] = [
  ["reference", () => Promise.resolve(createReferenceBackend()), 1e-9],
  ["tfjs", () => createTfjsBackend({ readKernels }), 1e-4],
  ...(webgpu ? ([["webgpu", webgpu, 1e-4]] as [string, () => Promise<Backend>, number][]) : []),
];

describe.each(cases)("$name", ({ name, batchNorm }) => {
  const expected = figures[name];
  const model = createModel(
    { name: "vgg", depth: 11, width: 1 / 8, batchNorm: name !== "vgg11", classes: 10 },
    { height: 32, width: 32, channels: 3 },
  );
  const v = hashedVector(model);

  // WebGPU compiles long in software, and every operation of the plain network is in the one with BatchNorm.
  it.each(name === "vgg11" ? backends.slice(0, 2) : backends)("on %s", async (_, create, bound) => {
    const { pixels, labels } = hashedImages(count);
    const problem = {
      model,
      weights: hashedWeights(model, expected.names),
      pixels,
      labels,
      pixelNormalization: cifar10Facts.pixelNormalization,
      batchSize: count,
    };
    const backend = await create();
    for (const kind of ["hessian", "ggn"] as const) {
      const { operator, multiply } = await openOperator(problem, { kind, batchNorm }, backend);
      const [product] = await multiply(v);
      expect(summariesError(model.layout, product, expected[kind]), kind).toBeLessThan(bound);
      if (kind === "hessian") {
        const form = dot(product, v);
        const scale = norm(product) * norm(v);
        expect(Math.abs(form - expected.quadraticForm)).toBeLessThan(bound * scale);
      }
      operator.dispose();
    }
    backend.dispose();
  });
});

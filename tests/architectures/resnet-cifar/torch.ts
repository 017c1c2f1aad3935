/** ResNet-14 of a quarter of the usual width against PyTorch's float64 figures (tests/fixtures/make_resnet_fixtures.py). */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createModel } from "../../../src/architectures/networks.ts";
import type { Backend, HostArray } from "../../../src/backends/backend.ts";
import { cifar10Facts } from "../../../src/data/sets/cifar10/facts.ts";
import { traceBatch } from "../../../src/execution/programs/batch.ts";
import { traceWeights } from "../../../src/execution/programs/weights.ts";
import { flattenTensors } from "../../../src/models/layout.ts";
import { crossEntropy } from "../../../src/models/losses/cross-entropy.ts";
import type { Model } from "../../../src/models/model.ts";
import { grad } from "../../../src/tensor/differentiate/grad.ts";
import { multiply, sum } from "../../../src/tensor/primitives/index.ts";
import type { Program } from "../../../src/tensor/program.ts";
import { relativeError } from "../../backends/dense.ts";
import { openOperator } from "../../curvature/products/problem.ts";
import figures from "../../fixtures/resnet-figures.json" with { type: "json" };
import { hashedImages, hashedVector, hashedWeights, type Summary, summariesError } from "../../models/fixture.ts";

const { count, depth, width } = figures;
const { pixelNormalization } = cifar10Facts;

interface ModeFigures {
  readonly logits: readonly number[];
  readonly loss: number;
  readonly gradient: Readonly<Record<string, Summary>>;
  readonly hessian: Readonly<Record<string, Summary>>;
  readonly stateAfter?: Readonly<Record<string, Summary>>;
}
interface ShortcutCase {
  readonly shortcut: "projection" | "zero-pad" | "none";
  readonly batchNorm: boolean;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly frozen: ModeFigures;
  readonly batch?: ModeFigures;
}
const cases = figures.cases as unknown as readonly ShortcutCase[];

/** Logits, mean loss, its gradient, and the running statistics after the batch. */
function traceFigures(model: Model, mode: "frozen" | "batch"): Program {
  const weights = traceWeights(model);
  const batch = traceBatch(model, { count, pixelNormalization }, count);
  const use = mode === "batch" ? ({ kind: "batch", momentum: 0.1 } as const) : ({ kind: "frozen" } as const);
  const { logits, state } = model.apply(weights.parameters, weights.state, batch.images, use);
  const loss = multiply(sum(crossEntropy(logits, batch.targets).losses), 1 / count);
  const gradient = flattenTensors(model.layout, grad(loss, weights.parameters));
  const outputs = { logits, loss, gradient };
  return {
    inputs: { ...weights.inputs, ...batch.inputs },
    outputs: mode === "batch" ? { ...outputs, stateAfter: flattenTensors(model.stateLayout, state) } : outputs,
  };
}

const float64 = (values: HostArray): Float64Array => Float64Array.from(values);

/** `tolerance` holds norm-wise for every figure. */
export function resnetSuite(name: string, create: () => Promise<Backend>, tolerance: number): void {
  describe(`ResNet against PyTorch on ${name}`, () => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await create();
    });
    afterAll(() => backend.dispose());
    const { pixels, labels } = hashedImages(count);

    for (const { shortcut, batchNorm, shapes, ...modes } of cases) {
      const model = createModel(
        { name: "resnet-cifar", depth, shortcut, batchNorm, width, classes: 10 },
        { height: 32, width: 32, channels: 3 },
      );
      const names = Object.keys(shapes).filter((tensor) => !tensor.endsWith("num_batches_tracked"));
      const weights = hashedWeights(model, names);
      const title = `shortcut ${shortcut}, ${batchNorm ? "BatchNorm" : "no BatchNorm"}`;

      test(`${title}: names and shapes`, () => {
        const entries = [...model.layout.entries, ...model.stateLayout.entries];
        const own = Object.fromEntries(entries.map((entry) => [entry.name, entry.torchShape]));
        expect(own).toEqual(Object.fromEntries(names.map((tensor) => [tensor, shapes[tensor]])));
      });

      for (const mode of ["frozen", "batch"] as const) {
        const wanted = modes[mode];
        if (!wanted) continue;
        const feed = {
          theta: weights.theta,
          ...(batchNorm && { state: weights.state }),
          ...{ pixels, labels, indices: Int32Array.from(labels, (_, i) => i), draws: new Int32Array(3 * count) },
        };

        test(`${title}, ${mode}: logits, loss, gradient and running statistics`, async () => {
          const executable = await backend.compile(traceFigures(model, mode));
          const [found] = await executable.run([feed]);
          executable.dispose();
          expect(relativeError(found.logits, wanted.logits), "logits").toBeLessThan(tolerance);
          expect(relativeError(found.loss, [wanted.loss]), "loss").toBeLessThan(tolerance);
          expect(summariesError(model.layout, float64(found.gradient), wanted.gradient)).toBeLessThan(tolerance);
          if (!wanted.stateAfter) return;
          const stateError = summariesError(model.stateLayout, float64(found.stateAfter), wanted.stateAfter);
          expect(stateError, "running statistics").toBeLessThan(tolerance);
        });

        test(`${title}, ${mode}: the Hessian's product with a vector`, async () => {
          const problem = { model, weights, pixels, labels, pixelNormalization, batchSize: count };
          const { operator, multiply } = await openOperator(problem, { batchNorm: mode }, backend);
          const [product] = await multiply(hashedVector(model));
          operator.dispose();
          expect(summariesError(model.layout, product, wanted.hessian)).toBeLessThan(tolerance);
        });
      }
    }
  });
}

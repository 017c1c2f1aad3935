/** Networks against PyTorch's float64 figures, which tests/fixtures/networks/golden.py made. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createModel } from "../../src/architectures/networks.ts";
import { type ModelSpec, modelTitle } from "../../src/architectures/specs.ts";
import type { Backend, HostArray } from "../../src/backends/backend.ts";
import { cifar10Facts } from "../../src/data/sets/cifar10/facts.ts";
import { traceBatch } from "../../src/execution/programs/batch.ts";
import { traceWeights } from "../../src/execution/programs/weights.ts";
import { flattenTensors } from "../../src/models/layout.ts";
import { crossEntropy } from "../../src/models/losses/cross-entropy.ts";
import type { Model } from "../../src/models/model.ts";
import { grad } from "../../src/tensor/differentiate/grad.ts";
import { multiply, sum } from "../../src/tensor/primitives/index.ts";
import type { Program } from "../../src/tensor/program.ts";
import { relativeError } from "../backends/dense.ts";
import { openOperator } from "../curvature/products/problem.ts";
import { hashedImages, hashedVector, hashedWeights, type Summary, summariesError } from "../models/fixture.ts";

const { pixelNormalization } = cifar10Facts;

interface ModeFigures {
  readonly logits: readonly number[];
  readonly loss: number;
  readonly gradient: Readonly<Record<string, Summary>>;
  readonly hessian: Readonly<Record<string, Summary>>;
  readonly stateAfter?: Readonly<Record<string, Summary>>;
}

interface GoldenCase {
  readonly model: ModelSpec;
  /** PyTorch's shapes by name. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly frozen: ModeFigures;
  /** With the statistics of the batch; absent without BatchNorm. */
  readonly batch?: ModeFigures;
}

interface GoldenFile {
  /** Images of the batch. */
  readonly count: number;
  readonly cases: readonly unknown[];
}

/** Logits, mean loss, its gradient, and the running statistics after the batch. */
function traceFigures(model: Model, count: number, mode: "frozen" | "batch"): Program {
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

/** Every figure of every case, or of the first `limit`, within `tolerance` of PyTorch's norm-wise; the errors are printed. */
export function goldenSuite(
  { count, cases }: GoldenFile,
  backendName: string,
  create: () => Promise<Backend>,
  tolerance: number,
  limit = cases.length,
): void {
  describe(`PyTorch's figures on ${backendName}`, () => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await create();
    });
    afterAll(() => backend.dispose());
    const { pixels, labels } = hashedImages(count);

    for (const { model: spec, shapes, ...modes } of (cases as readonly GoldenCase[]).slice(0, limit)) {
      const model = createModel(spec, { height: 32, width: 32, channels: 3 });
      const names = Object.keys(shapes);
      const parameters = names.filter((name) => model.layout.entries.some((entry) => entry.name === name));
      const weights = hashedWeights(model, names);
      const title = modelTitle(spec);

      test(`${title}: names and shapes`, () => {
        const entries = [...model.layout.entries, ...model.stateLayout.entries];
        expect(Object.fromEntries(entries.map((entry) => [entry.name, entry.torchShape]))).toEqual(shapes);
      });

      test.each(
        (["frozen", "batch"] as const).flatMap((mode) => {
          const wanted = modes[mode];
          return wanted ? [{ mode, wanted }] : [];
        }),
      )(`${title}, $mode statistics`, async ({ mode, wanted }) => {
        const executable = await backend.compile(traceFigures(model, count, mode));
        const indices = Int32Array.from(labels, (_, i) => i);
        const [found] = await executable.run([
          {
            ...{ theta: weights.theta, pixels, labels, indices, draws: new Int32Array(3 * count) },
            ...(model.stateLayout.length > 0 && { state: weights.state }),
          },
        ]);
        executable.dispose();
        const problem = { model, weights, pixels, labels, pixelNormalization, batchSize: count };
        const { operator, multiply: times } = await openOperator(problem, { batchNorm: mode }, backend);
        const [product] = await times(hashedVector(model, parameters));
        operator.dispose();
        const errors = {
          logits: relativeError(found.logits, wanted.logits),
          loss: relativeError(found.loss, [wanted.loss]),
          gradient: summariesError(model.layout, float64(found.gradient), wanted.gradient),
          Hv: summariesError(model.layout, product, wanted.hessian),
          ...(wanted.stateAfter && {
            statistics: summariesError(model.stateLayout, float64(found.stateAfter), wanted.stateAfter),
          }),
        };
        const row = Object.entries(errors).map(([figure, error]) => `${figure} ${error.toExponential(1)}`);
        console.info(`${title}, ${mode}, ${backendName}: ${row.join(", ")}`);
        for (const [figure, error] of Object.entries(errors)) expect(error, figure).toBeLessThan(tolerance);
      });
    }
  });
}

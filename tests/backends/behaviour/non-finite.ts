/** What is no number is not hidden: as in PyTorch it goes through a ReLU, and its gradient through the ReLU's. */
import { expect, test } from "vitest";
import type { Backend } from "../../../src/backends/backend.ts";
import { relu } from "../../../src/models/layers/activation.ts";
import { runModel } from "../../../src/models/scope.ts";
import { grad } from "../../../src/tensor/differentiate/grad.ts";
import { input, multiply, sum } from "../../../src/tensor/primitives/index.ts";
import { float, list } from "./short.ts";

export function describeNonFinite(backend: () => Backend): void {
  /** Lengths that fill vector units, and one that leaves a rest. */
  test.for([4, 7, 64])("a ReLU hands a NaN on, and its gradient, among %i elements", async (length) => {
    const [x, dy] = [input(float(length)), input(float(length))];
    const { logits: y } = runModel(relu, new Map(), x, { kind: "frozen" });
    const [dx] = grad(sum(multiply(y, dy)), [x]);
    const executable = await backend().compile({ inputs: { x, dy }, outputs: { y, dx } });
    const values = Float32Array.from({ length }, (_, i) => [Number.NaN, -1, 0, 2][i % 4]);
    const slopes = Float32Array.from({ length }, (_, i) => 1 + i);
    const [found] = await executable.run([{ x: values, dy: slopes }]);
    executable.dispose();
    expect(list(found.y)).toEqual(Array.from(values, (value) => Math.max(value, 0)));
    expect(list(found.dx)).toEqual(Array.from(slopes, (slope, i) => (values[i] <= 0 ? 0 : slope)));
  });
}

import { describe, expect, it } from "vitest";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import { createTfjsBackend } from "../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../src/backends/tfjs/kernels-node.ts";
import { crossEntropy } from "../../src/models/losses/cross-entropy.ts";
import { grad } from "../../src/tensor/differentiate/grad.ts";
import { add, broadcast, input, matmul, sum } from "../../src/tensor/primitives/index.ts";
import { uniform } from "./fixture.ts";

/** Losses, correctness and the gradient of the summed loss of rows of logits. */
async function evaluate(rows: readonly (readonly number[])[], labels: readonly number[]) {
  const shape = [rows.length, rows[0].length];
  const logits = input({ dtype: "float", shape });
  const targets = input({ dtype: "float", shape });
  const { losses, correct } = crossEntropy(logits, targets);
  const [gradient] = grad(sum(losses), [logits]);
  const executable = await createReferenceBackend().compile({
    inputs: { logits, targets },
    outputs: { losses, correct, gradient },
  });
  const oneHot = labels.flatMap((label) => rows[0].map((_, j) => (j === label ? 1 : 0)));
  const [fetched] = await executable.run([
    { logits: Float64Array.from(rows.flat()), targets: Float64Array.from(oneHot) },
  ]);
  return fetched;
}

describe("crossEntropy", () => {
  it("is the negative log of the label's probability, wrong or right", async () => {
    const rows = [
      [1, 2, 3],
      [0.5, -1, 0.2],
      [0, 0, 0],
    ];
    const labels = [0, 0, 1];
    const { losses, correct, gradient } = await evaluate(rows, labels);
    rows.forEach((row, n) => {
      const total = row.reduce((sum, z) => sum + Math.exp(z), 0);
      expect(losses[n]).toBeCloseTo(Math.log(total) - row[labels[n]], 14);
      row.forEach((z, j) => {
        expect(gradient[3 * n + j]).toBeCloseTo(Math.exp(z) / total - (j === labels[n] ? 1 : 0), 14);
      });
    });
    expect([...correct]).toEqual([0, 1, 1]);
  });

  it("keeps its relative accuracy at large margins and does not overflow", async () => {
    const { losses, gradient } = await evaluate(
      [
        [40, 0],
        [0, 40],
        [1000, 0],
      ],
      [0, 0, 1],
    );
    expect(Math.abs(losses[0] / Math.exp(-40) - 1)).toBeLessThan(1e-14);
    expect(Math.abs(gradient[0] / -Math.exp(-40) - 1)).toBeLessThan(1e-14);
    expect([losses[1], losses[2]]).toEqual([40, 1000]);
  });
});

describe("correct, in float32", () => {
  it("agrees with the largest logit though the compiler rearranges sums", async () => {
    const [count, inputs, classes] = [400, 64, 10];
    const x = input({ dtype: "float", shape: [count, inputs] });
    const weight = input({ dtype: "float", shape: [inputs, classes] });
    const bias = input({ dtype: "float", shape: [classes] });
    const targets = input({ dtype: "float", shape: [count, classes] });
    const logits = add(matmul(x, weight), broadcast(bias, [count, classes], [1]));
    const { correct } = crossEntropy(logits, targets);
    const backend = await createTfjsBackend({ readKernels });
    const executable = await backend.compile({ inputs: { x, weight, bias, targets }, outputs: { logits, correct } });
    const values = (length: number, seed: number) => Float32Array.from(uniform(length, seed));
    const feed = { x: values(count * inputs, 1), weight: values(inputs * classes, 2), bias: values(classes, 3) };
    const labels = Array.from({ length: count }, (_, n) => n % classes);
    const oneHot = Float32Array.from(
      labels.flatMap((label) => Array.from({ length: classes }, (_, j) => +(j === label))),
    );
    const [fetched] = await executable.run([{ ...feed, targets: oneHot }]);
    labels.forEach((label, n) => {
      const row = fetched.logits.subarray(n * classes, (n + 1) * classes);
      expect(fetched.correct[n], `example ${n}`).toBe(row[label] === Math.max(...row) ? 1 : 0);
    });
  });
});

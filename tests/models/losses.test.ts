import { describe, expect, it } from "vitest";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import { createTfjsBackend } from "../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../src/backends/tfjs/kernels-node.ts";
import { chooseLoss, type LossName } from "../../src/models/losses/choose-loss.ts";
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

describe("a loss by name", () => {
  const [classes, rows] = [4, 3];
  const outputs = [0.5, -1, 2, 0.25, 1, 1, -0.5, 0, -2, 0.75, 0.5, 3];
  const labels = [2, 0, 1];
  const oneHot = labels.flatMap((label) => Array.from({ length: classes }, (_, k) => +(k === label)));

  /** Losses, their sum's gradient and correctness. */
  async function evaluateNamed(name: LossName, smoothing: number) {
    const [z, targets] = [0, 1].map(() => input({ dtype: "float", shape: [rows, classes] }));
    const { losses, correct } = chooseLoss(name, smoothing)(z, targets);
    const outputsOf = { losses, correct, gradient: grad(sum(losses), [z])[0] };
    const executable = await createReferenceBackend().compile({ inputs: { z, targets }, outputs: outputsOf });
    return (await executable.run([{ z: Float64Array.from(outputs), targets: Float64Array.from(oneHot) }]))[0];
  }

  it.each<[LossName, number]>([
    ["cross-entropy", 0],
    ["cross-entropy", 0.1],
    ["mse", 0],
    ["mse", 0.2],
  ])("%s with smoothing %d is that of the smoothed targets", async (name, smoothing) => {
    const { losses, gradient, correct } = await evaluateNamed(name, smoothing);
    for (let n = 0; n < rows; n++) {
      const z = outputs.slice(classes * n, classes * (n + 1));
      const target = z.map((_, k) => (1 - smoothing) * +(k === labels[n]) + smoothing / classes);
      const total = z.reduce((whole, value) => whole + Math.exp(value), 0);
      const loss = z.map((value, k) =>
        name === "mse" ? (value - target[k]) ** 2 / 2 : -target[k] * (value - Math.log(total)),
      );
      expect(losses[n]).toBeCloseTo(
        loss.reduce((a, b) => a + b),
        12,
      );
      z.forEach((value, k) => {
        const slope = name === "mse" ? value - target[k] : Math.exp(value) / total - target[k];
        expect(gradient[classes * n + k]).toBeCloseTo(slope, 12);
      });
    }
    expect([...correct]).toEqual([1, 1, 0]);
  });

  it("is one function for one name and smoothing, by which kept programs are told apart", () => {
    expect(chooseLoss("mse", 0.1)).toBe(chooseLoss("mse", 0.1));
    expect(chooseLoss("mse", 0.1)).not.toBe(chooseLoss("cross-entropy", 0.1));
    expect(chooseLoss("cross-entropy", 0)).toBe(crossEntropy);
  });
});

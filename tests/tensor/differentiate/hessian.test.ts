/** Hessian-vector products of small nets against dense Hessians by differences, and against closed forms. */
import { describe, expect, it } from "vitest";
import { grad } from "../../../src/tensor/differentiate/grad.ts";
import { add, input, matmul, multiply, subtract, sum } from "../../../src/tensor/primitives/index.ts";
import { simplify } from "../../../src/tensor/simplify/simplify.ts";
import { evaluate } from "../evaluate.ts";
import { crossEntropy, type Net, nets, oneHotRows } from "../nets.ts";
import { axpy, dot, expectClose, join, sample } from "../vectors.ts";
import { differenceHessian, hessianOperator, parameterCount, traceHessianProduct, unitVector } from "./hessian.ts";

async function denseHessian(net: Net): Promise<Float64Array[]> {
  const multiplyHessian = await hessianOperator(net, traceHessianProduct(net));
  const count = parameterCount(net);
  const columns: Float64Array[] = [];
  for (let i = 0; i < count; i++) columns.push(await multiplyHessian(unitVector(count, i)));
  return columns;
}

describe.each(Object.entries(nets))("the Hessian of %s", (_, build) => {
  const net = build();

  it("is the one that differences of the gradient give", async () => {
    const [exact, differences] = [await denseHessian(net), await differenceHessian(net)];
    expectClose(join(exact), join(differences), 1e-8, { subject: "Hessian" });
  });

  it("is symmetric", async () => {
    const columns = await denseHessian(net);
    const transposed = columns.map((_, i) => Float64Array.from(columns, (column) => column[i]));
    expectClose(join(transposed), join(columns), 1e-14, { subject: "transposed Hessian" });
  });

  it("multiplies linearly, and the same when simplified", async () => {
    const traced = traceHessianProduct(net);
    const multiplyHessian = await hessianOperator(net, traced);
    const multiplySimplified = await hessianOperator(net, { ...traced, program: simplify(traced.program) });
    const [u, v] = [sample([parameterCount(net)], 71), sample([parameterCount(net)], 72)];
    const [hu, hv] = [await multiplyHessian(u), await multiplyHessian(v)];
    const combined = axpy(
      hu.map((x) => 3 * x),
      -0.5,
      hv,
    );
    const of = axpy(
      u.map((x) => 3 * x),
      -0.5,
      v,
    );
    expectClose(await multiplyHessian(of), combined, 1e-13, { subject: "H(3u − v/2)" });
    expectClose(await multiplySimplified(of), combined, 1e-12, { subject: "simplified H(3u − v/2)" });
  });
});

describe("closed forms", () => {
  const [rows, inputs, classes] = [7, 3, 4];
  const x = sample([rows, inputs], 11);
  const w = sample([inputs, classes], 12);

  /** A net of one matrix w [inputs, classes] on x. */
  function linearNet(
    lossOf: (outputs: ReturnType<typeof matmul>, targets: ReturnType<typeof input>) => Net["loss"],
  ): Net {
    const [data, weight, targets] = [
      input({ dtype: "float", shape: [rows, inputs] }),
      input({ dtype: "float", shape: [inputs, classes] }),
      input({ dtype: "float", shape: [rows, classes] }),
    ];
    const point = new Map([
      [data, x],
      [weight, w],
      [targets, oneHotRows(rows, classes)],
    ]);
    return { parameters: [weight], kinks: [], point, loss: lossOf(matmul(data, weight), targets) };
  }

  /** Σₙ factor(n, k, l)·xₙᵢxₙⱼ at row (i, k) and column (j, l), by column. */
  const assemble = (factor: (n: number, k: number, l: number) => number): Float64Array =>
    Float64Array.from({ length: (inputs * classes) ** 2 }, (_, position) => {
      const [column, row] = [Math.floor(position / (inputs * classes)), position % (inputs * classes)];
      const [i, k, j, l] = [Math.floor(row / classes), row % classes, Math.floor(column / classes), column % classes];
      let total = 0;
      for (let n = 0; n < rows; n++) total += factor(n, k, l) * x[n * inputs + i] * x[n * inputs + j];
      return total;
    });

  it("least squares: (2/N) XᵀX for every class", async () => {
    const net = linearNet((outputs, targets) => {
      const residual = subtract(outputs, targets);
      return multiply(sum(multiply(residual, residual)), 1 / rows);
    });
    expectClose(
      join(await denseHessian(net)),
      assemble((_, k, l) => (k === l ? 2 / rows : 0)),
      1e-14,
    );
  });

  /** Softmax of x·w, row by row. */
  const probabilities = Array.from({ length: rows }, (_, n) => {
    const logits = Array.from({ length: classes }, (_, k) =>
      dot(
        x.subarray(n * inputs, (n + 1) * inputs),
        Array.from({ length: inputs }, (_, i) => w[i * classes + k]),
      ),
    );
    const total = logits.reduce((all, z) => all + Math.exp(z), 0);
    return logits.map((z) => Math.exp(z) / total);
  });

  it("softmax regression: mean[(diag p − ppᵀ) ⊗ xxᵀ]", async () => {
    const expected = assemble((n, k, l) => {
      const p = probabilities[n];
      return ((k === l ? p[k] : 0) - p[k] * p[l]) / rows;
    });
    expectClose(join(await denseHessian(linearNet(crossEntropy))), expected, 1e-13);
  });

  it("softmax regression: gradient mean[x(p − y)ᵀ]", async () => {
    const net = linearNet(crossEntropy);
    const [found] = await evaluate(grad(net.loss, net.parameters), net.point);
    const y = oneHotRows(rows, classes);
    const expected = Float64Array.from({ length: inputs * classes }, (_, position) => {
      const [i, k] = [Math.floor(position / classes), position % classes];
      let total = 0;
      for (let n = 0; n < rows; n++) total += (x[n * inputs + i] * (probabilities[n][k] - y[n * classes + k])) / rows;
      return total;
    });
    expectClose(found, expected, 1e-13);
  });

  it("Rosenbrock: f = (1 − a)² + 100 (b − a²)²", async () => {
    const [a, b] = [input({ dtype: "float", shape: [] }), input({ dtype: "float", shape: [] })];
    const [u, v] = [subtract(1, a), subtract(b, multiply(a, a))];
    const loss = add(multiply(u, u), multiply(multiply(v, v), 100));
    const point = new Map([
      [a, Float64Array.of(-1.2)],
      [b, Float64Array.of(1)],
    ]);
    const columns = await denseHessian({ parameters: [a, b], kinks: [], point, loss });
    // [2 − 400 (b − 3a²), −400 a; −400 a, 200]
    expectClose(join(columns), Float64Array.of(2 - 400 * (1 - 3 * 1.44), 480, 480, 200), 1e-14);
    expect(columns).toHaveLength(2);
  });
});

/** Blocks of tensors, filter scaling, the sampled Fisher matrix, and questions without an answer. */
import { describe, expect, it } from "vitest";
import { createReferenceBackend } from "../../../src/backends/reference/backend.ts";
import { CurvatureError } from "../../../src/curvature/curvature-error.ts";
import { drawClass } from "../../../src/curvature/products/sample-labels.ts";
import { selectTensors, spansOf } from "../../../src/curvature/selection.ts";
import { createLayout } from "../../../src/models/layout.ts";
import { meanSquaredError } from "../../../src/models/losses/mean-squared-error.ts";
import { tensorOf } from "../../../src/models/weights.ts";
import { dot, expectClose, sample } from "../../tensor/vectors.ts";
import { openOperator } from "./problem.ts";
import { problemOf } from "./small-nets.ts";

const problem = problemOf("convBatchNormFrozen");
const { layout } = problem.model;
const v = sample([layout.length], 3);

/** `flat` with zeros wherever no tensor of `names` is. */
function restrict(flat: Float64Array, names: readonly string[]): Float64Array {
  const result = new Float64Array(flat.length);
  for (const entry of layout.entries)
    if (names.includes(entry.name)) tensorOf(result, entry).set(tensorOf(flat, entry));
  return result;
}

describe("a block of chosen tensors", () => {
  it("is that of the whole, whatever a vector holds elsewhere", async () => {
    const names = ["features.0.weight", "classifier.weight"];
    const { operator, multiply } = await openOperator(problem, {
      parameters: ["features.*.weight", "classifier.weight"],
    });
    const withScale = [...names, "features.1.weight"];
    const whole = await openOperator(problem);
    const [expected] = await whole.multiply(restrict(v, withScale));
    const spoilt = v.map((value, k) =>
      operator.support.some((s) => k >= s.start && k < s.start + s.length) ? value : Number.NaN,
    );
    const [found] = await multiply(spoilt);
    expectClose(found, restrict(expected, withScale), 1e-13);
    expect(operator.dimension).toBe(36 + 2 + 24);
    expect(operator.flop).toBeLessThan(whole.operator.flop);
  });

  it("can leave out of its vectors what is not in it", async () => {
    const choice = { parameters: ["features.*.weight", "classifier.weight"] };
    const [expected] = await (await openOperator(problem, choice)).multiply(v);
    const { operator, multiply } = await openOperator(problem, { ...choice, isCompact: true });
    const tensors = selectTensors(layout, choice.parameters);
    const compact = createLayout(tensors);
    const toCompact = (flat: Float64Array) => {
      const result = new Float64Array(compact.length);
      compact.entries.forEach((entry, i) => {
        tensorOf(result, entry).set(tensorOf(flat, tensors[i]));
      });
      return result;
    };
    expect([operator.length, operator.dimension]).toEqual([64, 36 + 2 + 24]);
    const [found] = await multiply(toCompact(v));
    expect([...found]).toEqual([...toCompact(expected)]);
  });

  it("joins tensors that touch and leaves gaps out", () => {
    expect(spansOf(layout.entries.slice(0, 2))).toEqual([{ start: 0, length: 38 }]);
    expect(spansOf(layout.entries.slice(1, 3))).toEqual([
      { start: 36, length: 2 },
      { start: 40, length: 2 },
    ]);
  });

  it("takes a dot for a dot", () => {
    expect(() => selectTensors(layout, ["features?0.weight"])).toThrow(CurvatureError);
    expect(selectTensors(layout, ["*.bias"]).map(({ name }) => name)).toEqual([
      "features.0.bias",
      "features.1.bias",
      "classifier.bias",
    ]);
  });
});

describe.each([0, 1e8])("a renewed operator, with %i bytes for what products share", (hoistBytes) => {
  /** Two examples each, the last alone. */
  const batches = (...examples: readonly number[]) => [
    { size: 2, indices: Int32Array.from(examples.slice(0, 2)) },
    { size: 2, indices: Int32Array.from(examples.slice(2, 4)) },
    { size: 1, indices: Int32Array.from(examples.slice(4)) },
  ];
  const choice = { hoistBytes, isRenewable: true };

  it("is of other examples, each as often as it is named", async () => {
    const { operator, multiply } = await openOperator(problem, choice);
    expect(operator.isHoisted).toBe(hoistBytes > 0);
    const [before] = await multiply(v);
    await operator.renew(batches(3, 3, 0, 3, 1));
    const [found] = await multiply(v);
    const single = async (example: number) => {
      const size = problem.pixels.length / problem.labels.length;
      const only = {
        ...problem,
        pixels: problem.pixels.slice(example * size, (example + 1) * size),
        labels: problem.labels.slice(example, example + 1),
      };
      return (await (await openOperator(only)).multiply(v))[0];
    };
    const [three, zero, one] = [await single(3), await single(0), await single(1)];
    expectClose(
      found,
      three.map((value, k) => (3 * value + zero[k] + one[k]) / 5),
      1e-12,
    );
    await operator.renew(batches(0, 1, 2, 3, 4));
    expect((await multiply(v))[0]).toEqual(before);
    await expect(operator.renew(batches(0, 1, 2, 3, 4).slice(0, 2))).rejects.toThrow("other sizes");
  });

  it("is at other weights", async () => {
    const backend = createReferenceBackend();
    const theta = backend.createTensor({ dtype: "float", shape: [layout.length] }, problem.weights.theta);
    const { operator, multiply } = await openOperator(problem, { ...choice, theta }, backend);
    const moved = problem.weights.theta.map((value, k) => value + 0.1 * v[k]);
    backend.write(theta, moved);
    await operator.renew();
    const elsewhere = { ...problem, weights: { ...problem.weights, theta: moved } };
    const [expected] = await (await openOperator(elsewhere)).multiply(v);
    expectClose((await multiply(v))[0], expected, 1e-13);
  });
});

describe("filter scaling", () => {
  it("is D·H·D with the norms of the weights' filters", async () => {
    const { operator, multiply } = await openOperator(problem, { filterScaled: true });
    const scale = new Float64Array(layout.length);
    for (const entry of layout.entries.filter(({ role }) => role === "weight")) {
      const theta = tensorOf(problem.weights.theta as Float64Array, entry);
      const filters = entry.shape[entry.shape.length - 1];
      tensorOf(scale, entry).forEach((_, k, target) => {
        target[k] = Math.hypot(...theta.filter((_, other) => other % filters === k % filters));
      });
    }
    const whole = await openOperator(problem);
    const [hdv] = await whole.multiply(v.map((value, k) => value * scale[k]));
    expectClose(
      (await multiply(v))[0],
      hdv.map((value, k) => value * scale[k]),
      1e-13,
    );
    expect(operator.dimension).toBe(36 + 24);
  });
});

describe("the Fisher matrix", () => {
  it("draws classes by their probabilities", () => {
    const logits = [Math.log(0.2), Math.log(0.5), Math.log(0.3)];
    expect([0, 0.19, 0.21, 0.69, 0.71, 0.999].map((level) => drawClass(logits, level))).toEqual([0, 0, 1, 1, 2, 2]);
    expect(drawClass([800, 0, 0], 0.999)).toBe(0);
  });

  it("tends to the Gauss-Newton matrix over seeds, and is the same for one seed", async () => {
    const [expected] = await (await openOperator(problem, { kind: "ggn" })).multiply(v);
    const draws = 200;
    const mean = new Float64Array(layout.length);
    for (let seed = 0; seed < draws; seed++) {
      const [product] = await (await openOperator(problem, { kind: "fisher", seed })).multiply(v);
      product.forEach((value, k) => {
        mean[k] += value / draws;
      });
    }
    const distance = Math.hypot(...mean.map((value, k) => value - expected[k])) / Math.hypot(...expected);
    expect(distance).toBeLessThan(0.3);
    const once = async () => (await (await openOperator(problem, { kind: "fisher", seed: 7 })).multiply(v))[0];
    expect(await once()).toEqual(await once());
  });
});

describe("an operator's algebra", () => {
  it.each(["hessian", "ggn", "fisher", "empiricalFisher"] as const)("%s is symmetric and linear", async (kind) => {
    const { multiply } = await openOperator(problem, { kind, width: 3 });
    const u = sample([layout.length], 4);
    const names = layout.entries.map(({ name }) => name);
    const [x, y] = [restrict(u, names), restrict(v, names)];
    const [hx, hy, hz] = await multiply(
      x,
      y,
      x.map((value, k) => 3 * value - y[k]),
    );
    expect(Math.abs(dot(x, hy) - dot(y, hx))).toBeLessThan(1e-12 * Math.hypot(...hx) * Math.hypot(...y));
    expectClose(
      hz,
      hx.map((value, k) => 3 * value - hy[k]),
      1e-12,
    );
  });

  it("makes fewer products than its width when asked, and forgets what was there", async () => {
    const { operator, multiply } = await openOperator(problem, { width: 3 });
    const [first] = await multiply(v);
    const blocks = await multiply(v, v, v);
    for (const product of blocks) expectClose(product, first, 1e-14);
    await expect(operator.apply(4)).rejects.toThrow(RangeError);
    await expect(operator.apply(1, AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
    operator.dispose();
  });
});

describe("what has no answer", () => {
  it.each([
    [{ parameters: [] }, /No parameters are selected/],
    [{ parameters: ["features.9.*"] }, /No parameter is named "features.9.\*"/],
    [{ parameters: ["*.bias"], filterScaled: true }, /no filters/],
    [{ kind: "fisher", loss: meanSquaredError }, /cross-entropy/],
    [{ width: 0 }, /width/],
  ] as const)("%o", async (choice, message) => {
    const opened = openOperator(problem, choice);
    await expect(opened).rejects.toThrow(CurvatureError);
    await expect(openOperator(problem, choice)).rejects.toThrow(message);
  });

  it("no examples, and weights that are not finite", async () => {
    const none = { ...problem, pixels: new Uint8Array(0), labels: new Int32Array(0) };
    await expect(openOperator(none)).rejects.toThrow(/no examples/);
    const theta = Float64Array.from(problem.weights.theta).fill(Number.NaN, 7, 8);
    const diverged = { ...problem, weights: { ...problem.weights, theta } };
    await expect(openOperator(diverged)).rejects.toThrow(/not finite \(at place 7\)/);
  });
});

/** What each rule makes: the simplified program is, value by value, the one written beside it with its constants folded. */
import { describe, expect, it } from "vitest";
import {
  add,
  broadcast,
  concat,
  constant,
  conv2d,
  conv2dPrimitive,
  divide,
  exp,
  gatherWindow,
  input,
  matmul,
  max,
  multiply,
  negate,
  pad,
  poolArgmax,
  reshape,
  rsqrt,
  scatterWindow,
  select,
  sigmoid,
  slice,
  sqrt,
  step,
  subtract,
  sum,
  tanh,
  transpose,
} from "../../../src/tensor/primitives/index.ts";
import { createValue, type Value } from "../../../src/tensor/program.ts";
import { foldConstants } from "../../../src/tensor/simplify/constants.ts";
import { type Rule, simplify } from "../../../src/tensor/simplify/simplify.ts";
import { evaluate, programOf } from "../evaluate.ts";
import { expectClose, sample } from "../vectors.ts";
import { describeOutput } from "./structure.ts";

const float = (...shape: number[]): Value => input({ dtype: "float", shape });

const [x, y, z] = [float(2, 3, 4), float(2, 3, 4), float(2, 3, 4)];
/** Of the shape of x's last two axes, of its last, of its first, and a scalar. */
const [m, r, q, s] = [float(3, 4), float(4), float(2), float()];
const [image, filter, other] = [float(1, 4, 4, 2), float(3, 3, 2, 2), float(3, 3, 2, 2)];
const inputs = [x, y, z, m, r, q, s, image, filter, other];

const { shape } = x.type;
const overM = (value: Value) => broadcast(value, shape, [1, 2]);
const overR = (value: Value) => broadcast(value, shape, [2]);
const overQ = (value: Value) => broadcast(value, shape, [0]);
const same = {
  strides: [1, 1],
  padding: [
    [1, 1],
    [1, 1],
  ],
} as const;
const window = { window: [2, 2], strides: [2, 2] } as const;
const zeros = constant(0, shape);

type Equation = readonly [name: string, before: Value, after: Value];

const neutral: readonly Equation[] = [
  ["x + 0", add(x, 0), x],
  ["0 + x", add(0, x), x],
  ["x − 0", subtract(x, 0), x],
  ["0 − x", subtract(0, x), negate(x)],
  ["x·1", multiply(1, x), x],
  ["x·0", multiply(x, 0), zeros],
  ["x·(−1)", multiply(x, -1), negate(x)],
  ["0 / x", divide(0, x), zeros],
  ["x / 4", divide(x, 4), multiply(x, 0.25)],
  ["a choice by a positive constant", select(constant(2, shape), x, y), x],
  ["a choice by zero", select(zeros, x, y), y],
  ["a choice between equals", select(x, y, y), y],
  ["a choice within a choice", select(x, select(x, y, z), 0), select(x, y, 0)],
  ["a choice within the other choice", select(x, 0, select(x, y, z)), select(x, 0, z)],
];

const signs: readonly Equation[] = [
  ["−−x", negate(negate(x)), x],
  ["−(x − y)", negate(subtract(x, y)), subtract(y, x)],
  ["−(x·2)", negate(multiply(x, 2)), multiply(x, -2)],
  ["x + −y", add(x, negate(y)), subtract(x, y)],
  ["−x + y", add(negate(x), y), subtract(y, x)],
  ["x − −y", subtract(x, negate(y)), add(x, y)],
  ["−x − y", subtract(negate(x), y), negate(add(x, y))],
  ["−x·y", multiply(negate(x), y), negate(multiply(x, y))],
  ["x·−y", multiply(x, negate(y)), negate(multiply(x, y))],
  ["−x / y", divide(negate(x), y), negate(divide(x, y))],
  ["Σ −x", sum(negate(x), [0]), negate(sum(x, [0]))],
];

const constants: readonly Equation[] = [
  ["x + x", add(x, x), multiply(x, 2)],
  ["2·x·3", multiply(2, multiply(x, 3)), multiply(x, 6)],
  ["(x·2 + y)·3", multiply(add(multiply(x, 2), y), 3), add(multiply(y, 3), multiply(x, 6))],
  ["(x − y·2)·3", multiply(subtract(x, multiply(y, 2)), 3), subtract(multiply(x, 3), multiply(y, 6))],
  ["(1/49)·49", multiply(multiply(x, 1 / 49), 49), x],
  ["2·3 − 1", subtract(multiply(constant(2), 3), 1), constant(5)],
  ["√(1 / 4)", sqrt(divide(constant(1), 4)), constant(0.5)],
  ["1/√4 + e⁰ + tanh 0", add(add(rsqrt(constant(4)), exp(constant(0))), tanh(constant(0))), constant(1.5)],
  ["σ(0) + step(−1)", add(sigmoid(constant(0)), step(constant(-1))), constant(0.5)],
  ["Σ of a constant", sum(constant(2, [3, 5]), [1]), constant(10, [3])],
  ["max of a constant", max(constant(2, [3, 5]), [1]), constant(2, [3])],
  [
    "a constant moved",
    slice(reshape(transpose(broadcast(constant(7), [2, 3], []), [1, 0]), [6]), [1], [4]),
    constant(7, [4]),
  ],
  ["a constant beside its like", concat([constant(1, [2]), constant(1, [3])], 0), constant(1, [5])],
  [
    "a constant beside another",
    concat([constant(1, [2]), constant(2, [3])], 0),
    concat([constant(1, [2]), constant(2, [3])], 0),
  ],
  ["zeros padded", pad(constant(0, [2]), [[1, 1]]), constant(0, [4])],
  ["ones padded", pad(constant(1, [2]), [[1, 1]]), pad(constant(1, [2]), [[1, 1]])],
  [
    "zeros scattered",
    scatterWindow(constant(0, [1, 2, 2, 2]), poolArgmax(image, window), { ...window, inputSize: [4, 4] }),
    constant(0, [1, 4, 4, 2]),
  ],
  [
    "a constant gathered",
    gatherWindow(constant(3, [1, 4, 4, 2]), poolArgmax(image, window), window),
    constant(3, [1, 2, 2, 2]),
  ],
  ["a product with zeros", matmul(m, constant(0, [4, 2])), constant(0, [3, 2])],
  [
    "a list with a pair of zeros",
    createValue(conv2dPrimitive, [image, filter, constant(0, image.type.shape), other], same),
    conv2d(image, filter, same),
  ],
];

const cancellations: readonly Equation[] = [
  ["x − x", subtract(x, x), zeros],
  ["(x + y) − x", subtract(add(x, y), x), y],
  ["(x + y) − y", subtract(add(x, y), y), x],
  ["x − (x + y)", subtract(x, add(x, y)), negate(y)],
  ["y − (x + y)", subtract(y, add(x, y)), negate(x)],
  ["values equal in all but name", subtract(multiply(x, y), multiply(y, x)), zeros],
];

const layouts: readonly Equation[] = [
  ["reshape to the same", reshape(x, shape), x],
  ["reshape twice", reshape(reshape(x, [24]), [4, 6]), reshape(x, [4, 6])],
  ["transpose by nothing", transpose(x, [0, 1, 2]), x],
  ["transpose twice", transpose(transpose(x, [1, 2, 0]), [1, 0, 2]), transpose(x, [2, 1, 0])],
  ["transpose there and back", transpose(transpose(x, [1, 2, 0]), [2, 0, 1]), x],
  ["broadcast to the same", broadcast(x, shape, [0, 1, 2]), x],
  ["broadcast twice", broadcast(broadcast(r, [3, 4], [1]), [5, 3, 6, 4], [1, 3]), broadcast(r, [5, 3, 6, 4], [3])],
  ["sum along nothing", sum(x, []), x],
  ["sum twice", sum(sum(x, [0]), [1]), sum(x, [0, 2])],
  ["sum twice, the later axis first", sum(sum(x, [2]), [0]), sum(x, [0, 2])],
  ["slice of all", slice(x, [0, 0, 0], shape), x],
  ["slice twice", slice(slice(x, [1, 1, 0], [1, 2, 4]), [0, 1, 2], [1, 1, 2]), slice(x, [1, 2, 2], [1, 1, 2])],
  ["slice of the first part", slice(concat([m, m], 0), [1, 0], [2, 4]), slice(m, [1, 0], [2, 4])],
  ["slice that is the last part", slice(concat([x, y, z], 1), [0, 6, 0], shape), z],
  [
    "slice across parts",
    slice(concat([x, y], 1), [0, 2, 0], [2, 2, 4]),
    slice(concat([x, y], 1), [0, 2, 0], [2, 2, 4]),
  ],
  ["concatenation of one", concat([x], 1), x],
];

const broadcasts: readonly Equation[] = [
  ["f of a broadcast", tanh(overR(r)), overR(tanh(r))],
  ["a broadcast and a constant", add(overR(r), 1), overR(add(r, 1))],
  ["two alike", multiply(overM(m), overM(exp(m))), overM(multiply(m, exp(m)))],
  ["one inside the other's axes", multiply(overR(r), overM(m)), overM(multiply(m, broadcast(r, [3, 4], [1])))],
  ["two across", multiply(overR(r), overQ(q)), multiply(overR(r), overQ(q))],
  ["(x·r)·y", multiply(multiply(x, overR(r)), y), multiply(multiply(x, y), overR(r))],
  ["y·(x·r)", multiply(y, multiply(overR(r), x)), multiply(multiply(x, y), overR(r))],
  ["(x·r)·m", multiply(multiply(x, overR(r)), overM(m)), multiply(x, overM(multiply(m, broadcast(r, [3, 4], [1]))))],
  ["(x·r)·2", multiply(multiply(x, overR(r)), 2), multiply(x, overR(multiply(r, 2)))],
  ["(x + r) + r²", add(add(x, overR(r)), overR(exp(r))), add(x, overR(add(r, exp(r))))],
  ["(x + r) − eʳ", subtract(add(x, overR(r)), overR(exp(r))), add(x, overR(subtract(r, exp(r))))],
  ["(x − r) + eʳ", add(subtract(x, overR(r)), overR(exp(r))), subtract(x, overR(subtract(r, exp(r))))],
  ["(x − r) − eʳ", subtract(subtract(x, overR(r)), overR(exp(r))), subtract(x, overR(add(r, exp(r))))],
];

const sums: readonly Equation[] = [
  ["Σ x·r, r fixed", sum(multiply(x, overR(r)), [0, 1]), multiply(sum(x, [0, 1]), r)],
  ["Σ x·r, r summed", sum(multiply(x, overR(r)), [2]), sum(multiply(x, overR(r)), [2])],
  ["Σ x·m, m partly fixed", sum(multiply(x, overM(m)), [0]), multiply(sum(x, [0]), m)],
  ["Σ x·r leaving more than r", sum(multiply(x, overR(r)), [0]), multiply(sum(x, [0]), broadcast(r, [3, 4], [1]))],
  ["Σ x·s", sum(multiply(x, s)), multiply(sum(x), s)],
  ["Σ x·3", sum(multiply(x, 3), [0, 1, 2]), multiply(sum(x), 3)],
  ["Σ of a broadcast", sum(overR(r), [0, 1]), multiply(r, 6)],
  ["Σ of a broadcast and along it", sum(overM(m), [0, 2]), multiply(sum(m, [1]), 2)],
  ["Σ of a broadcast, more new axes left", sum(overQ(q), [0, 1]), broadcast(multiply(sum(q), 3), [4], [])],
  ["Σ of a broadcast, one new axis left", sum(overQ(q), [1]), broadcast(multiply(q, 3), [2, 4], [0])],
  ["Σ of a broadcast, its axis moved", sum(overR(r), [0]), broadcast(multiply(r, 2), [3, 4], [1])],
  ["Σ (x + r)", sum(add(x, overR(r)), [0, 1]), add(sum(x, [0, 1]), multiply(r, 6))],
  ["Σ (x − r)", sum(subtract(x, overR(r)), [0, 1]), subtract(sum(x, [0, 1]), multiply(r, 6))],
  [
    "Σ (x·r + y·eʳ)",
    sum(add(multiply(x, overR(r)), multiply(y, overR(exp(r)))), [0, 1]),
    add(multiply(sum(x, [0, 1]), r), multiply(sum(y, [0, 1]), exp(r))),
  ],
  [
    "Σ (x·r − y·eʳ)",
    sum(subtract(multiply(x, overR(r)), multiply(y, overR(exp(r)))), [0, 1]),
    subtract(multiply(sum(x, [0, 1]), r), multiply(sum(y, [0, 1]), exp(r))),
  ],
  ["Σ (x + y), which stays one", sum(add(x, y), [0]), sum(add(x, y), [0])],
  ["Σ (x·y + z), which stays one", sum(add(multiply(x, y), z), [0]), sum(add(multiply(x, y), z), [0])],
];

describe.each([
  ["neutral elements", neutral],
  ["signs", signs],
  ["constants", constants],
  ["terms that cancel", cancellations],
  ["layouts", layouts],
  ["broadcasts", broadcasts],
  ["sums", sums],
])("%s", (_, equations) => {
  it.each(equations)("%s", async (_name, before, after) => {
    const simplified = simplify(programOf(inputs, [before]));
    const written = simplify(programOf(inputs, [after]), [foldConstants]);
    expect(describeOutput(simplified, "output0")).toBe(describeOutput(written, "output0"));
    const at = new Map(inputs.map((value, i) => [value, sample(value.type.shape, i, "positive")]));
    const [found, expected] = await evaluate([simplified.outputs.output0, before], at);
    expectClose(found, expected, 1e-14, { floor: 1 });
  });
});

describe("the simplifier", () => {
  it("makes equal values one", () => {
    const { outputs } = simplify(programOf([x, y], [add(tanh(x), y), add(y, tanh(x)), subtract(tanh(x), y)]));
    expect(outputs.output1).toBe(outputs.output0);
    expect(outputs.output2.operands[0]).toBe(outputs.output0.operands[1]);
  });

  it("keeps values apart that differ in attributes, type or sign", () => {
    const pairs: readonly [Value, Value][] = [
      [sum(x, [0]), sum(x, [1])],
      [subtract(x, y), subtract(y, x)],
      [constant(1, [2]), constant(1, [3])],
      [constant(Number.POSITIVE_INFINITY), constant(Number.NEGATIVE_INFINITY)],
      [constant(Number.NaN), constant(Number.POSITIVE_INFINITY)],
      [divide(constant(1), 0), divide(constant(-1), 0)],
      [input(x.type), input(x.type)],
    ];
    for (const [a, b] of pairs) {
      const { outputs } = simplify(programOf([x, y], [a, b]));
      expect(outputs.output0).not.toBe(outputs.output1);
    }
  });

  it("keeps inputs and the names of outputs", () => {
    const program = { inputs: { used: x, unused: y }, outputs: { first: add(x, 0), second: x } };
    expect(simplify(program)).toEqual({ inputs: program.inputs, outputs: { first: x, second: x } });
  });

  it("refuses rules that undo one another", () => {
    const toSubtraction: Rule = (value) =>
      value.primitive.name === "add" ? subtract(value.operands[0], negate(value.operands[1])) : null;
    const toAddition: Rule = (value) =>
      value.primitive.name === "subtract" ? add(value.operands[0], value.operands[1].operands[0]) : null;
    expect(() => simplify(programOf([x, y], [add(x, y)]), [toSubtraction, toAddition])).toThrow(
      "rules undo one another at add",
    );
  });

  it("does not walk what it has done again: looks in proportion to the terms that are rewritten", () => {
    const looksAt = (terms: number) => {
      let total = x;
      for (let i = 0; i < terms; i++) total = add(total, negate(tanh(multiply(total, 1 + i))));
      let looks = 0;
      const toSubtraction: Rule = ({ primitive, operands }) => {
        looks++;
        const negated = primitive.name === "add" && operands[1].primitive.name === "negate";
        return negated ? subtract(operands[0], operands[1].operands[0]) : null;
      };
      simplify(programOf([x], [total]), [toSubtraction]);
      return looks;
    };
    expect(looksAt(800)).toBeLessThan(9 * looksAt(100));
  });
});

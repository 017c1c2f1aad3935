/** Splitting a program leaves its values alone, and a product of VGG11 costs what was counted by hand. */
import { describe, expect, it } from "vitest";
import { programCost } from "../../src/tensor/cost.ts";
import { ggn } from "../../src/tensor/differentiate/ggn.ts";
import { grad } from "../../src/tensor/differentiate/grad.ts";
import { hvp } from "../../src/tensor/differentiate/hvp.ts";
import { split } from "../../src/tensor/hoist.ts";
import { add, exp, input, matmul, multiply, reshape, sum, tanh } from "../../src/tensor/primitives/index.ts";
import type { Program, Value } from "../../src/tensor/program.ts";
import { simplify } from "../../src/tensor/simplify/simplify.ts";
import { compile, evaluate, type Numbers, programOf } from "./evaluate.ts";
import { nets } from "./nets.ts";
import { expectClose, join, sample } from "./vectors.ts";
import { traceVgg } from "./vgg.ts";

const float = (...shape: number[]): Value => input({ dtype: "float", shape });

/** Names of `values` among a program's inputs. */
const namesOf = ({ inputs }: Program, values: readonly Value[]) =>
  Object.entries(inputs)
    .filter(([, value]) => values.includes(value))
    .map(([name]) => name);

describe.each(Object.entries(nets))("the Hessian product of %s", (_, build) => {
  it("is the same in two parts", async () => {
    const { parameters, loss, point } = build();
    const tangents = new Map(parameters.map((parameter) => [parameter, input(parameter.type)]));
    const directions = [...tangents.values()];
    const product = hvp(loss, tangents);
    const program = programOf([...point.keys(), ...directions], product);
    const { prelude, remainder, residuals } = split(program, namesOf(program, directions));
    const at = new Map([...point, ...directions.map((v, i) => [v, sample(v.type.shape, 90 + i)] as const)]);
    const first = await (await compile(prelude))(at);
    const results = new Map(Object.keys(prelude.outputs).map((name, i) => [name, first[i]]));
    const joined = new Map<Value, Numbers>(at);
    for (const [name, { type }] of Object.entries(residuals)) {
      const kept = results.get(name)!;
      joined.set(remainder.inputs[name], type.dtype === "int" ? Int32Array.from(kept) : kept);
    }
    const second = await (await compile(remainder))(joined);
    for (const [i, name] of Object.keys(remainder.outputs).entries()) results.set(name, second[i]);
    const found = Object.keys(program.outputs).map((name) => results.get(name)!);
    expectClose(join(found), join(await evaluate(product, at)), 1e-13);
    expect(Object.keys(prelude.inputs).every((name) => !namesOf(program, directions).includes(name))).toBe(true);
  });
});

describe("residuals", () => {
  it("are results of opaque primitives and what those read, not other elementwise values", () => {
    const [x, w, v] = [float(4, 4), float(4, 4), float(4, 4)];
    const product = matmul(x, w);
    const activated = tanh(product);
    const result = multiply(matmul(reshape(activated, [4, 4]), v), exp(add(product, 1)));
    const { residuals, remainder } = split(programOf([x, w, v], [result]), ["input2"]);
    expect(Object.values(residuals).map(({ primitive }) => primitive.name)).toEqual(["matmul", "tanh"]);
    expect(programCost(remainder).counts).toMatchObject({ matmul: 1, exp: 1 });
    expect(Object.keys(remainder.inputs)).toEqual(["input2", "residual0", "residual1"]);
  });

  it("leave an output that does not change to the prelude", () => {
    const [x, v] = [float(3), float(3)];
    const { prelude, remainder } = split(programOf([x, v], [sum(x), multiply(x, v)]), ["input1"]);
    expect(Object.keys(prelude.outputs)).toContain("output0");
    expect(Object.keys(remainder.outputs)).toEqual(["output1"]);
  });
});

describe.each([
  // 2.658 in products and 2.659 in all: the images have neither tangent nor cotangent, but their layer is small here.
  [1, true, 2.66],
  [0.25, true, 2.65],
  [1, false, 2.65],
] as const)("VGG11 of width %s, BatchNorm %s", (width, hasBatchNorm, wholeBound) => {
  const { inputs, parameters, logits, loss } = traceVgg(4, width, hasBatchNorm);
  const tangents = new Map(parameters.map((parameter) => [parameter, input(parameter.type)]));
  const program = programOf([...inputs, ...tangents.values()], hvp(loss, tangents));
  const gradient = programCost(simplify(programOf(inputs, grad(loss, parameters))));

  it("costs less than 2 gradients a Hessian product once hoisted, as a whole what was counted", () => {
    expect(programCost(simplify(program)).flops / gradient.flops).toBeLessThan(wholeBound);
    const { remainder, prelude } = split(program, namesOf(program, [...tangents.values()]));
    expect(programCost(remainder).flops / gradient.flops).toBeLessThan(2);
    expect(programCost(remainder).bilinearFlops + programCost(prelude).bilinearFlops).toBe(
      programCost(simplify(program)).bilinearFlops,
    );
  });

  it("costs under 1.7 gradients a Gauss-Newton product", () => {
    const cost = programCost(simplify(programOf(Object.values(program.inputs), ggn(loss, logits, tangents))));
    expect(cost.flops / gradient.flops).toBeLessThan(1.7);
  });
});

/** What the rules make of BatchNorm as a textbook writes it. */
import { describe, expect, it } from "vitest";
import { grad } from "../../../src/tensor/differentiate/grad.ts";
import { jvp } from "../../../src/tensor/differentiate/jvp.ts";
import { broadcast, input, multiply, rsqrtPrimitive, subtract, sum } from "../../../src/tensor/primitives/index.ts";
import { type Program, topologicalOrder, type Value } from "../../../src/tensor/program.ts";
import { constantOf } from "../../../src/tensor/simplify/match.ts";
import { simplify } from "../../../src/tensor/simplify/simplify.ts";
import { programOf } from "../evaluate.ts";
import { batchNorm, mean, perChannel } from "../nets.ts";
import { traceVgg } from "../vgg.ts";

const float = (...shape: number[]): Value => input({ dtype: "float", shape });

const simplified = (inputs: readonly Value[], output: Value): Value =>
  simplify(programOf(inputs, [output])).outputs.output0;

/** Sums over the pixels of images, which are passes over an activation. */
const imageSums = ({ outputs }: Program): number =>
  topologicalOrder(Object.values(outputs)).filter(
    ({ primitive, operands }) => primitive.name === "sum" && operands[0].type.shape.length === 4,
  ).length;

describe("centred values", () => {
  const x = float(6, 5, 5, 7);
  const scale = float(7);
  const centred = subtract(x, perChannel(mean(x, [0, 1, 2]), x));

  it.each([
    ["Σ(x − mean)", sum(centred, [0, 1, 2])],
    ["Σ(x − mean)·γ", sum(multiply(centred, perChannel(scale, x)), [0, 1, 2])],
    ["Σγ·(x − mean)/2", sum(multiply(perChannel(scale, x), multiply(centred, 0.5)), [0, 1, 2])],
    ["ΣΣ(x − mean)", sum(sum(centred, [1, 2]), [0])],
  ])("%s vanishes", (_, value) => {
    expect(constantOf(simplified([x, scale], value))).toBe(0);
  });

  it("keep their products: the variance is not Σx² − n·mean²", () => {
    const variance = simplified([x], sum(multiply(centred, centred), [0, 1, 2]));
    const [square] = variance.operands;
    expect(square.primitive.name).toBe("multiply");
    expect(square.operands.map(({ primitive }) => primitive.name)).toEqual(["subtract", "subtract"]);
  });

  it("vanish for any number of rows, also where 1/n is not exact", () => {
    for (let count = 1; count < 200; count++) {
      const row = float(count, 3);
      const average = multiply(sum(row, [0]), 1 / count);
      const residual = sum(subtract(row, broadcast(average, row.type.shape, [1])), [0]);
      expect(constantOf(simplified([row], residual)), `${count} rows`).toBe(0);
    }
  });
});

describe("one layer", () => {
  const [x, scale, shift, c] = [float(4, 6, 6, 5), float(5), float(5), float(4, 6, 6, 5)];
  const loss = sum(multiply(batchNorm(x, scale, shift), c));

  it("takes two sums forward and two backward", () => {
    expect(imageSums(simplify(programOf([x, scale, shift], [batchNorm(x, scale, shift)])))).toBe(2);
    expect(imageSums(simplify(programOf([x, scale, shift, c], grad(loss, [x, scale, shift]))))).toBe(4);
  });

  it("takes no power of its deviation by the pixel", () => {
    const program = simplify(programOf([x, scale, shift, c], grad(loss, [x, scale, shift])));
    const ofPixels = topologicalOrder(Object.values(program.outputs)).filter(({ type }) => type.shape.length === 4);
    const arithmetic = ofPixels.filter(({ primitive }) => ["add", "subtract", "multiply"].includes(primitive.name));
    // x − mean, its square, c·(x − mean); (c·s + (x − mean)·t) + u.
    expect(arithmetic.map(({ primitive }) => primitive.name).toSorted()).toEqual(
      ["subtract", "multiply", "multiply", "multiply", "multiply", "add", "add"].toSorted(),
    );
    expect(ofPixels.some(({ primitive }) => primitive === rsqrtPrimitive)).toBe(false);
  });
});

describe("VGG11 with BatchNorm", () => {
  const { inputs, parameters, biases, logits, loss } = traceVgg(8, 0.25, true);
  const gradients = grad(loss, parameters);
  const program = simplify(programOf(inputs, gradients));

  it("has no gradient for a bias before BatchNorm", () => {
    const ofBiases = biases.map((bias) => program.outputs[`output${parameters.indexOf(bias)}`]);
    expect(ofBiases.map(constantOf)).toEqual(biases.map(() => 0));
    expect(gradients.every((gradient) => constantOf(gradient) === null)).toBe(true);
  });

  it("takes two sums a layer forward and two backward", () => {
    expect(imageSums(simplify(programOf(inputs, [logits])))).toBe(2 * biases.length);
    expect(imageSums(program)).toBe(4 * biases.length);
  });

  it("takes at most ten sums a layer for a Hessian product", () => {
    const directions = parameters.map(({ type }) => input(type));
    const tangents = jvp(gradients, new Map(parameters.map((parameter, i) => [parameter, directions[i]])));
    const product = tangents.filter((tangent) => tangent !== null);
    expect(imageSums(simplify(programOf([...inputs, ...directions], product)))).toBeLessThanOrEqual(10 * biases.length);
  });
});

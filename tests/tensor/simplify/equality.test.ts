/** Simplified programs compute the same, on random programs and on gradients and Hessian products of nets. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { programCost } from "../../../src/tensor/cost.ts";
import { grad } from "../../../src/tensor/differentiate/grad.ts";
import { simplify } from "../../../src/tensor/simplify/simplify.ts";
import { traceHessianProduct } from "../differentiate/hessian.ts";
import { compile, programOf } from "../evaluate.ts";
import { nets } from "../nets.ts";
import { expectClose, sample } from "../vectors.ts";
import { type RandomProgram, randomPrograms } from "./random-program.ts";
import { describeProgram } from "./structure.ts";

const sampleInputs = ({ inputs }: RandomProgram, seed: number) =>
  new Map(inputs.map((value, i) => [value, sample(value.type.shape, seed + i, "awayFromZero")]));

describe("random programs", () => {
  it("compute the same within their rounding errors", async () => {
    await fc.assert(
      fc.asyncProperty(randomPrograms, fc.nat(1e6), async (random, seed) => {
        const program = programOf(
          random.inputs,
          random.outputs.map(({ value }) => value),
        );
        const bounds = programOf(
          random.inputs,
          random.outputs.map(({ bound }) => bound),
        );
        const at = sampleInputs(random, seed);
        const before = await (await compile(program))(at);
        const after = await (await compile(simplify(program)))(at);
        const allowed = await (await compile(bounds))(at);
        before.forEach((expected, output) => {
          expected.forEach((x, i) => {
            const isClose = Math.abs(after[output][i] - x) <= 1e-13 * allowed[output][i];
            if (!isClose)
              expect.fail(`output ${output}[${i}] is ${after[output][i]}, not ${x}\n${describeProgram(program)}`);
          });
        });
      }),
      { numRuns: 300 },
    );
  });

  it("are simplified once and for all", () => {
    fc.assert(
      fc.property(randomPrograms, (random) => {
        const once = simplify(
          programOf(
            random.inputs,
            random.outputs.map(({ value }) => value),
          ),
        );
        expect(describeProgram(simplify(once))).toBe(describeProgram(once));
      }),
      { numRuns: 300 },
    );
  });
});

describe.each(Object.entries(nets))("%s", (_, build) => {
  const net = build();
  const gradient = programOf(net.point.keys(), grad(net.loss, net.parameters));
  const hessianProduct = traceHessianProduct(net);

  it("has the same gradient, for fewer operations", async () => {
    const simpler = simplify(gradient);
    const [before, after] = [await (await compile(gradient))(net.point), await (await compile(simpler))(net.point)];
    before.forEach((expected, i) => {
      expectClose(after[i], expected, 1e-12, { floor: 1e-3, subject: `gradient of parameter ${i}` });
    });
    expect(programCost(simpler).flops).toBeLessThan(programCost(gradient).flops);
  });

  it("has the same Hessian product, for fewer operations", async () => {
    const at = new Map([
      ...net.point,
      ...hessianProduct.directions.map((v, i) => [v, sample(v.type.shape, 200 + i)] as const),
    ]);
    const simpler = simplify(hessianProduct.program);
    const [before, after] = [await (await compile(hessianProduct.program))(at), await (await compile(simpler))(at)];
    before.forEach((expected, i) => {
      expectClose(after[i], expected, 1e-12, { floor: 1e-3, subject: `Hv of parameter ${i}` });
    });
    expect(programCost(simpler).flops).toBeLessThan(programCost(hessianProduct.program).flops);
  });

  it("is simplified once and for all", () => {
    for (const program of [gradient, hessianProduct.program]) {
      const once = simplify(program);
      expect(describeProgram(simplify(once))).toBe(describeProgram(once));
    }
  });
});

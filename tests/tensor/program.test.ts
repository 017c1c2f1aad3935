/** The order of a program's values, and that programs depend on the function traced alone. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grad } from "../../src/tensor/differentiate/grad.ts";
import { add, input, multiply, subtract, tanh } from "../../src/tensor/primitives/index.ts";
import { type Program, topologicalOrder, type Value } from "../../src/tensor/program.ts";
import { simplify } from "../../src/tensor/simplify/simplify.ts";
import { traceHessianProduct } from "./differentiate/hessian.ts";
import { programOf } from "./evaluate.ts";
import { nets } from "./nets.ts";
import { randomPrograms } from "./simplify/random-program.ts";
import { describeProgram } from "./simplify/structure.ts";

const float = (): Value => input({ dtype: "float", shape: [] });

describe("topologicalOrder", () => {
  it("puts every value once, operands first", () => {
    fc.assert(
      fc.property(randomPrograms, ({ outputs }) => {
        const order = topologicalOrder(outputs.map(({ value }) => value));
        const place = new Map(order.map((value, i) => [value, i]));
        expect(place.size).toBe(order.length);
        for (const value of order) {
          for (const operand of value.operands) expect(place.get(operand)).toBeLessThan(place.get(value)!);
        }
        for (const { value } of outputs) expect(place.has(value)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it("depends on the graph, not on when its values were made", () => {
    const [x, y] = [float(), float()];
    const left = tanh(x);
    const right = tanh(y);
    expect(topologicalOrder([subtract(right, left)]).slice(0, 4)).toEqual([y, right, x, left]);
    expect(topologicalOrder([subtract(left, right)]).slice(0, 4)).toEqual([x, left, y, right]);
    expect(topologicalOrder([right, left, right])).toEqual([y, right, x, left]);
  });

  it("leaves out what is known and what only that depends on", () => {
    const [x, y] = [float(), float()];
    const inner = tanh(x);
    const outer = add(multiply(inner, y), inner);
    expect(topologicalOrder([outer], new Set([inner]))).toEqual([y, outer.operands[0], outer]);
    expect(topologicalOrder([outer], new Set([outer]))).toEqual([]);
  });

  it("walks graphs deeper than the call stack", () => {
    let value = float();
    for (let i = 0; i < 100_000; i++) value = tanh(value);
    expect(topologicalOrder([value])).toHaveLength(100_001);
  });
});

describe("two traces of one function", () => {
  const traces: readonly (readonly [string, () => Program])[] = Object.entries(nets).flatMap(([name, build]) => [
    [
      `the gradient of ${name}`,
      () => {
        const net = build();
        return programOf(net.point.keys(), grad(net.loss, net.parameters));
      },
    ] as const,
    [`the Hessian product of ${name}`, () => traceHessianProduct(build()).program] as const,
  ]);

  it.each(traces)("give one program: %s", (_, trace) => {
    const [first, second] = [trace(), trace()];
    expect(describeProgram(second)).toBe(describeProgram(first));
    expect(describeProgram(simplify(second))).toBe(describeProgram(simplify(first)));
  });
});

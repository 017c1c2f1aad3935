/** The scratch that reductions ask for before memory is laid out, against figures worked out by hand. */
import { describe, expect, test } from "vitest";
import { usualTraits } from "../../../src/backends/webgpu/kernels/usual-traits.ts";
import { makePlan, type Plan } from "../../../src/backends/webgpu/plan/plan.ts";
import { standInBindings } from "../../../src/jobs/stand-in-bindings.ts";
import { input, multiply, sum } from "../../../src/tensor/primitives/index.ts";
import type { Shape, Value } from "../../../src/tensor/program.ts";

const wordsOf = (plan: Plan) => plan.buffers.flatMap((buffer) => (buffer.kind === "temporary" ? [buffer.words] : []));

/** The plan, on a card that wants 16,384 invocations at once, of what `build` makes of one matrix. */
function planOf(shape: Shape, build: (x: Value) => Readonly<Record<string, Value>>): Plan {
  const x = input({ shape, dtype: "float" });
  const program = { inputs: { x }, outputs: build(x) };
  const never = () => {
    throw new Error("nothing here multiplies matrices");
  };
  return makePlan(program, standInBindings(program), { traits: usualTraits.gpu, choose: never });
}

describe("a reduction", () => {
  test("of few elements is one launch without scratch", () => {
    const plan = planOf([24, 3], (x) => ({ y: sum(x, [0]) }));
    expect([plan.steps.length, wordsOf(plan)]).toEqual([1, []]);
  });

  test("of many is two, with room for 256 shares of each result between them", () => {
    const plan = planOf([8192, 3], (x) => ({ y: sum(x, [0]) }));
    expect([plan.steps.length, wordsOf(plan)]).toEqual([2, [256 * 3]]);
    // The last launch's 3 results in one vector of four.
    expect(plan.temporaryBytes).toBe(4 * (256 * 3 + 4));
  });

  test("has fewer shares where there are more results, and rounds each one's up to whole vectors", () => {
    // 16,384 invocations of 350 results come to 47 shares, and 175 results of 94 elements at least 16 apiece to 5.
    expect(wordsOf(planOf([8192, 350], (x) => ({ y: sum(x, [0]) })))).toEqual([Math.ceil((47 * 350) / 4) * 4]);
    expect(wordsOf(planOf([94, 175], (x) => ({ y: sum(x, [0]) })))).toEqual([Math.ceil((5 * 175) / 4) * 4]);
  });

  test("of two values at once keeps both in one piece of scratch, apart from each other", () => {
    const plan = planOf([8192, 3], (x) => ({ y: sum(x, [0]), z: sum(multiply(x, x), [0]) }));
    expect([plan.steps.length, wordsOf(plan)]).toEqual([2, [2 * 256 * 3]]);
    const scratch = plan.buffers.findIndex(({ kind }) => kind === "temporary");
    for (const { buffers, params } of plan.steps) {
      expect(buffers.filter((buffer) => buffer === scratch)).toHaveLength(1);
      expect(params).toContain(256 * 3);
    }
  });
});

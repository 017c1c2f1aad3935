/**
 * Every primitive's derivative against central differences, of first and of second order, and against its transpose by
 * ⟨c, Jt⟩ = ⟨Jᵀc, t⟩. Both hold in float64 at points away from kinks.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jvp } from "../../../src/tensor/differentiate/jvp.ts";
import { transposeLinear } from "../../../src/tensor/differentiate/transpose.ts";
import { input } from "../../../src/tensor/primitives/index.ts";
import type { Value } from "../../../src/tensor/program.ts";
import { type Assignment, compile, evaluate, programOf } from "../evaluate.ts";
import { axpy, dot, expectClose, norm, sample } from "../vectors.ts";
import type { PrimitiveCase } from "./cases/case.ts";
import { primitiveCases } from "./cases/index.ts";

/** A traced case at a point, with tangents for some of its inputs. */
interface Trace {
  readonly value: Value;
  readonly point: Assignment;
  /** By input: the tangent value. */
  readonly tangents: ReadonlyMap<Value, Value>;
  /** By tangent value: what it holds. */
  readonly direction: Map<Value, Float64Array>;
}

/** `chosen` holds a bit for every input; when none is set the first one is. */
function trace({ inputs, build }: PrimitiveCase, seed: number, chosen: number): Trace {
  const values = inputs.map(({ shape }) => input({ dtype: "float", shape }));
  const point = new Map(values.map((value, i) => [value, sample(inputs[i].shape, seed + i, inputs[i].sampler)]));
  const moving = values.filter((_, i) => (chosen >> i) & 1);
  const tangents = new Map(
    (moving.length > 0 ? moving : values.slice(0, 1)).map((value) => [value, input(value.type)]),
  );
  const direction = new Map(
    Array.from(tangents.values(), (tangent, i) => [tangent, sample(tangent.type.shape, seed + 100 + i)]),
  );
  return { value: build(values), point, tangents, direction };
}

/** (f(x + ht) − f(x − ht)) / 2h; also |f|, which bounds its rounding. */
async function centralDifference(f: Value, at: Assignment, step: ReadonlyMap<Value, Float64Array>) {
  const h = 1e-5;
  const run = await compile(programOf(at.keys(), [f]));
  const shifted = async (distance: number) => {
    const moved = new Map(at);
    for (const [value, t] of step) moved.set(value, axpy(Float64Array.from(at.get(value)!), distance, t));
    return (await run(moved))[0];
  };
  const [after, before] = [await shifted(h), await shifted(-h)];
  return { slope: axpy(after, -1, before).map((difference) => difference / (2 * h)), magnitude: norm(after) };
}

async function expectDerivative(f: Value, derivative: Value | null, at: Assignment, step: Map<Value, Float64Array>) {
  const { slope, magnitude } = await centralDifference(f, at, step);
  const [found] = derivative ? await evaluate([derivative], at) : [new Float64Array(slope.length)];
  expectClose(found, slope, 1e-6, { floor: 1e-3 * magnitude, subject: "derivative" });
}

const arguments_ = (name: keyof typeof primitiveCases) =>
  [primitiveCases[name], fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 0, max: 63 })] as const;

describe.each(Object.keys(primitiveCases) as (keyof typeof primitiveCases)[])("%s", (name) => {
  it("has the derivative that central differences find", async () => {
    await fc.assert(
      fc.asyncProperty(...arguments_(name), async (primitiveCase, seed, chosen) => {
        const { value, point, tangents, direction } = trace(primitiveCase, seed, chosen);
        const [derivative] = jvp([value], tangents);
        const step = new Map(Array.from(tangents, ([x, t]) => [x, direction.get(t)!]));
        await expectDerivative(value, derivative, new Map([...point, ...direction]), step);
      }),
      { numRuns: 40 },
    );
  });

  it("has the second derivative that central differences of the first find", async () => {
    let reached = 0;
    await fc.assert(
      fc.asyncProperty(...arguments_(name), async (primitiveCase, seed, chosen) => {
        const { value, point, tangents, direction } = trace(primitiveCase, seed, chosen);
        const [first] = jvp([value], tangents);
        if (!first) return;
        const again = new Map(Array.from(tangents.keys(), (x) => [x, input(x.type)]));
        const step = new Map(Array.from(again.keys(), (x, i) => [x, sample(x.type.shape, seed + 200 + i)]));
        const at = new Map([...point, ...direction, ...Array.from(again, ([x, t]) => [t, step.get(x)!] as const)]);
        await expectDerivative(first, jvp([first], again)[0], at, step);
        reached++;
      }),
      { numRuns: 20 },
    );
    expect(reached).toBeGreaterThan(0);
  });

  it("has the transpose of its derivative", async () => {
    let reached = 0;
    await fc.assert(
      fc.asyncProperty(...arguments_(name), async (primitiveCase, seed, chosen) => {
        const { value, point, tangents, direction } = trace(primitiveCase, seed, chosen);
        const [derivative] = jvp([value], tangents);
        if (!derivative) return;
        const cotangent = input(value.type);
        const c = sample(value.type.shape, seed + 300);
        const variables = [...tangents.values()];
        const back = transposeLinear(new Map([[derivative, cotangent]]), variables);
        const [forward, ...pulled] = await evaluate(
          [derivative, ...back.filter((found) => found !== null)],
          new Map([...point, ...direction, [cotangent, c]]),
        );
        const moved = variables.filter((_, i) => back[i]).map((tangent) => direction.get(tangent)!);
        const left = dot(c, forward);
        const right = pulled.reduce((total, pulledBack, i) => total + dot(pulledBack, moved[i]), 0);
        const scale = pulled.reduce((total, x, i) => total + norm(x) * norm(moved[i]), norm(c) * norm(forward));
        expect(Math.abs(left - right)).toBeLessThanOrEqual(1e-12 * scale);
        reached++;
      }),
      { numRuns: 40 },
    );
    expect(reached).toBeGreaterThan(0);
  });
});

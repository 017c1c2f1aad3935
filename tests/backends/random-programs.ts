/**
 * Random programs with shared values, views, several outputs and updates in place, against the reference backend: what
 * fusion, placement and scheduling may get wrong. The same seed gives the same program.
 */
import { expect, test } from "vitest";
import type { Backend } from "../../src/backends/backend.ts";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import * as p from "../../src/tensor/primitives/index.ts";
import { elementCount, type Program, type Shape, type Value } from "../../src/tensor/program.ts";
import { random, relativeError, toHost } from "./dense.ts";

/** Integers below a bound, from a seed (a linear congruential generator). */
function drawer(seed: number): (bound: number) => number {
  let state = seed * 7919 + 12345;
  return (bound) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

const imageShape: Shape = [3, 2, 4, 5];
const inputShapes = { images: imageShape, flat: [120], channels: [5], rows: [3], matrix: [24, 5], scalar: [] } as const;

/** Makes one more value from those there are. All results stay within a few units, so that errors stay comparable. */
function grow(values: Value[], draw: (bound: number) => number): Value {
  const pick = (list: readonly Value[]) => list[draw(list.length)];
  const a = pick(values);
  const same = values.filter(({ type }) => type.shape.join() === a.type.shape.join());
  const { shape } = a.type;
  const count = elementCount(shape);
  const makers: (() => Value)[] = [
    () => p.multiply(p.add(a, pick(same)), 0.5),
    () => p.subtract(a, p.multiply(pick(same), 0.5)),
    () => p.multiply(p.tanh(a), pick(same)),
    () => p.select(a, pick(same), p.negate(pick(same))),
    () => p.sigmoid(a),
    () => p.erf(a),
    () => p.rsqrt(p.add(p.multiply(a, a), 1)),
    () => {
      const axes = shape.map((_, axis) => axis).filter(() => draw(2) === 0);
      const removed = axes.reduce((product, axis) => product * shape[axis], 1);
      return p.multiply(p.sum(a, axes), 1 / removed);
    },
    () => (count === 120 ? p.reshape(a, [[120], [24, 5], [6, 20], imageShape][draw(4)]) : p.add(a, 1)),
    () => {
      const fitting = [
        [3, 2, 4, 5],
        [24, 5],
        [3, 5],
        [5, 3],
      ].flatMap((to) =>
        to.flatMap((size, axis) => (shape.length === 1 && shape[0] === size ? [[to, axis] as const] : [])),
      );
      if (fitting.length === 0) return p.multiply(a, -0.5);
      const [to, axis] = fitting[draw(fitting.length)];
      return p.broadcast(a, to, [axis]);
    },
    () => {
      if (shape.length === 0 || shape[0] < 2) return p.add(a, 0.25);
      const start = draw(shape[0] - 1);
      const length = 1 + draw(shape[0] - start - 1);
      return p.slice(a, [start, ...shape.slice(1).map(() => 0)], [length, ...shape.slice(1)]);
    },
    () => {
      const axis = draw(Math.max(1, shape.length));
      return shape.length > 0 && count < 500 ? p.concat([a, pick(same), a], axis) : p.negate(a);
    },
    () => (shape.length === 2 ? p.multiply(p.matmul(a, pick(same), false, true), 1 / shape[1]) : p.subtract(0.5, a)),
    () =>
      p.transpose(
        a,
        shape.map((_, axis) => shape.length - 1 - axis),
      ),
  ];
  return makers[draw(makers.length)]();
}

interface RandomProgram {
  readonly program: Program;
  /** Inputs whose tensor an output of the same name replaces. */
  readonly updated: readonly string[];
}

function randomProgram(seed: number): RandomProgram {
  const draw = drawer(seed);
  const inputs = Object.fromEntries(
    Object.entries(inputShapes).map(([name, shape]) => [name, p.input({ dtype: "float", shape })]),
  );
  const values = Object.values(inputs);
  for (let i = 0; i < 14 + draw(20); i++) values.push(grow(values, draw));
  const outputs: Record<string, Value> = {};
  const updated = Object.keys(inputs).filter((name) => {
    const fitting = values.filter(({ type }) => type.shape.join() === inputs[name].type.shape.join());
    outputs[name] = fitting[fitting.length - 1 - draw(Math.min(3, fitting.length))];
    return draw(2) === 0;
  });
  for (let i = 0; i < 3; i++) outputs[`fetched${i}`] = values[values.length - 1 - draw(8)];
  return { program: { inputs, outputs }, updated };
}

/** Two runs in a row; the contents of everything afterwards. */
async function runTwice(
  backend: Backend,
  { program, updated }: RandomProgram,
): Promise<Record<string, ArrayLike<number>>> {
  const contents = Object.fromEntries(
    Object.entries(program.inputs).map(([name, { type }], i) => [name, toHost(random(type.shape, i + 1))]),
  );
  const tensors = Object.fromEntries(
    updated.map((name) => [name, backend.createTensor(program.inputs[name].type, contents[name], name)]),
  );
  const executable = await backend.compile(program, { inputs: tensors, outputs: tensors });
  const fed = Object.fromEntries(Object.entries(contents).filter(([name]) => !updated.includes(name)));
  const [first, second] = await executable.run([fed, fed]);
  const reads = await Promise.all(
    updated.map(async (name) => [`tensor ${name}`, await backend.read(tensors[name])] as const),
  );
  executable.dispose();
  for (const tensor of Object.values(tensors)) tensor.dispose();
  const named = (run: string, fetched: typeof first) =>
    Object.entries(fetched).map(([name, data]) => [`${run} ${name}`, data] as const);
  return Object.fromEntries([...reads, ...named("first", first), ...named("second", second)]);
}

export function describeRandomPrograms(backend: () => Backend, bound: number, count: number): void {
  const seeds = Array.from({ length: count }, (_, i) => i);
  test.for(seeds)("random program %i", async (seed) => {
    const instance = randomProgram(seed);
    const reference = createReferenceBackend();
    const wanted = await runTwice(reference, instance);
    const found = await runTwice(backend(), instance);
    expect(Object.keys(found).sort()).toEqual(Object.keys(wanted).sort());
    for (const [name, data] of Object.entries(wanted)) {
      expect(relativeError(found[name], data), `${name} of random program ${seed}`).toBeLessThanOrEqual(bound);
    }
    reference.dispose();
  });
}

/** Tensors, bindings, order, errors and disposal: what the seam promises beside numbers. */
import { describe, expect, test } from "vitest";
import { type Backend, type HostArray, ProgramError } from "../../src/backends/backend.ts";
import {
  add,
  broadcast,
  input,
  matmul,
  multiply,
  reshape,
  slice,
  subtract,
  sum,
} from "../../src/tensor/primitives/index.ts";
import type { TensorType } from "../../src/tensor/program.ts";

const float = (...shape: number[]): TensorType => ({ dtype: "float", shape });
const list = (data: HostArray): number[] => Array.from(data);

export function describeBehaviour(backend: () => Backend, create: () => Promise<Backend>): void {
  describe("tensors", () => {
    test("hold what they were made with, zeros else, and what is written", async () => {
      const [floats, zeros] = [
        backend().createTensor(float(3), new Float32Array([1, -2, 0.5])),
        backend().createTensor(float(2, 2)),
      ];
      const ints = backend().createTensor({ dtype: "int", shape: [2] }, new Int32Array([7, -9]));
      const bytes = backend().createTensor({ dtype: "byte", shape: [5] }, new Uint8Array([0, 255, 3, 4, 128]));
      expect(list(await backend().read(floats))).toEqual([1, -2, 0.5]);
      expect(list(await backend().read(zeros))).toEqual([0, 0, 0, 0]);
      expect(await backend().read(ints)).toEqual(new Int32Array([7, -9]));
      expect(await backend().read(bytes)).toEqual(new Uint8Array([0, 255, 3, 4, 128]));
      backend().write(floats, new Float32Array([4, 5, 6]));
      expect(list(await backend().read(floats))).toEqual([4, 5, 6]);
      for (const tensor of [floats, zeros, ints, bytes]) tensor.dispose();
    });

    test("take Float64Arrays and do not keep the caller's array", async () => {
      const data = new Float64Array([1, 2]);
      const tensor = backend().createTensor(float(2), data);
      data[0] = 9;
      expect(list(await backend().read(tensor))).toEqual([1, 2]);
      const copy = await backend().read(tensor);
      copy[1] = 9;
      expect(list(await backend().read(tensor))).toEqual([1, 2]);
      tensor.dispose();
    });

    test("refuse data of another type or length", () => {
      expect(() => backend().createTensor(float(3), new Float32Array(2), "weights")).toThrow(
        /"weights".*3 elements, not 2/,
      );
      expect(() => backend().createTensor(float(2), new Int32Array(2))).toThrow(ProgramError);
      const tensor = backend().createTensor(float(2));
      expect(() => backend().write(tensor, new Float32Array(3))).toThrow(ProgramError);
      tensor.dispose();
    });

    test("are counted while they live, and gone afterwards", async () => {
      const before = backend().memory.bytes;
      const tensor = backend().createTensor(float(1024), undefined, "counted");
      expect(backend().memory.bytes).toBeGreaterThanOrEqual(before + 4096);
      expect(backend().memory.peakBytes).toBeGreaterThanOrEqual(backend().memory.bytes);
      tensor.dispose();
      tensor.dispose();
      expect(backend().memory.bytes).toBe(before);
      await expect(backend().read(tensor)).rejects.toThrow(/"counted"/);
    });

    test("of another backend are refused", async () => {
      const other = await create();
      const tensor = other.createTensor(float(2));
      const x = input(float(2));
      const program = { inputs: { x }, outputs: { y: add(x, 1) } };
      await expect(backend().compile(program, { inputs: { x: tensor } })).rejects.toThrow(ProgramError);
      other.dispose();
    });
  });

  describe("bindings", () => {
    test("an in-place update reads every input before it writes any output", async () => {
      const [a, b] = [input(float(4)), input(float(4))];
      const program = { inputs: { a, b }, outputs: { a: add(a, b), b: subtract(a, b) } };
      const tensors = {
        a: backend().createTensor(float(4), new Float32Array([1, 2, 3, 4])),
        b: backend().createTensor(float(4), new Float32Array([10, 20, 30, 40])),
      };
      const executable = await backend().compile(program, { inputs: tensors, outputs: tensors });
      expect(await executable.run([{}, {}])).toEqual([{}, {}]);
      expect(list(await backend().read(tensors.a))).toEqual([2, 4, 6, 8]);
      expect(list(await backend().read(tensors.b))).toEqual([20, 40, 60, 80]);
      executable.dispose();
      tensors.a.dispose();
      tensors.b.dispose();
    });

    test("outputs may swap two inputs, or copy one", async () => {
      const [a, b] = [input(float(3)), input(float(3))];
      const tensors = [1, 2, 3].map((n) => backend().createTensor(float(3), new Float32Array(3).fill(n)));
      const executable = await backend().compile(
        { inputs: { a, b }, outputs: { a: b, b: a, c: a } },
        { inputs: { a: tensors[0], b: tensors[1] }, outputs: { a: tensors[0], b: tensors[1], c: tensors[2] } },
      );
      await executable.run([{}]);
      const contents = await Promise.all(tensors.map((tensor) => backend().read(tensor)));
      expect(contents.map(list)).toEqual([
        [2, 2, 2],
        [1, 1, 1],
        [1, 1, 1],
      ]);
      executable.dispose();
      for (const tensor of tensors) tensor.dispose();
    });

    test("a tensor may be updated in place while another takes its old contents", async () => {
      const [a, b] = [input(float(3)), input(float(3))];
      const tensors = [1, 2].map((n) => backend().createTensor(float(3), new Float32Array(3).fill(n)));
      const executable = await backend().compile(
        { inputs: { a, b }, outputs: { a: add(a, b), b: a } },
        { inputs: { a: tensors[0], b: tensors[1] }, outputs: { a: tensors[0], b: tensors[1] } },
      );
      await executable.run([{}, {}]);
      expect(list(await backend().read(tensors[0]))).toEqual([4, 4, 4]);
      expect(list(await backend().read(tensors[1]))).toEqual([3, 3, 3]);
      executable.dispose();
      for (const tensor of tensors) tensor.dispose();
    });

    test("a product whose result replaces its own operand sees the old operand", async () => {
      const [w, x] = [input(float(2, 2)), input(float(2, 2))];
      const weights = backend().createTensor(float(2, 2), new Float32Array([1, 1, 0, 1]));
      const executable = await backend().compile(
        { inputs: { w, x }, outputs: { w: matmul(x, w) } },
        { inputs: { w: weights }, outputs: { w: weights } },
      );
      const identityPlus = new Float32Array([1, 0, 1, 1]);
      await executable.run([{ x: identityPlus }, { x: identityPlus }]);
      expect(list(await backend().read(weights))).toEqual([1, 1, 2, 3]);
      executable.dispose();
      weights.dispose();
    });

    test("a bound weight that is written between runs is seen by products", async () => {
      const [theta, x] = [input(float(6)), input(float(1, 2))];
      const y = matmul(x, reshape(slice(theta, [2], [4]), [2, 2]));
      const weights = backend().createTensor(float(6), new Float32Array([0, 0, 1, 2, 3, 4]));
      const executable = await backend().compile(
        { inputs: { theta, x }, outputs: { y } },
        { inputs: { theta: weights } },
      );
      const feed = { x: new Float32Array([1, 10]) };
      const [first, again] = await executable.run([feed, feed]);
      backend().write(weights, new Float32Array([0, 0, 5, 6, 7, 8]));
      const [second] = await executable.run([feed]);
      expect([list(first.y), list(again.y), list(second.y)]).toEqual([
        [31, 42],
        [31, 42],
        [75, 86],
      ]);
      executable.dispose();
      weights.dispose();
    });
  });

  describe("runs", () => {
    test("follow one another in the order of the calls, awaited or not, with writes and reads between", async () => {
      const [total, x] = [input(float(2)), input(float(2))];
      const sumTensor = backend().createTensor(float(2));
      const executable = await backend().compile(
        { inputs: { total, x }, outputs: { total: add(multiply(total, 2), x), seen: add(total, 0) } },
        { inputs: { total: sumTensor }, outputs: { total: sumTensor } },
      );
      const feed = new Float32Array([1, 2]);
      const runs = [executable.run([{ x: feed }, { x: feed }])];
      const between = backend().read(sumTensor);
      backend().write(sumTensor, new Float32Array([100, 100]));
      runs.push(executable.run([{ x: feed }]));
      feed.fill(0);
      const [[first, second], [third]] = await Promise.all(runs);
      expect([first, second, third].map(({ seen }) => list(seen))).toEqual([
        [0, 0],
        [1, 2],
        [100, 100],
      ]);
      expect(list(await between)).toEqual([3, 6]);
      expect(list(await backend().read(sumTensor))).toEqual([201, 202]);
      await backend().idle();
      executable.dispose();
      sumTensor.dispose();
    });

    test("fetch several outputs, one value under two names, and an input itself", async () => {
      const x = input(float(3));
      const double = multiply(x, 2);
      const executable = await backend().compile({
        inputs: { x },
        outputs: { a: double, b: double, x, total: sum(x) },
      });
      const [fetched] = await executable.run([{ x: new Float32Array([1, 2, 3]) }]);
      expect(Object.fromEntries(Object.entries(fetched).map(([name, data]) => [name, list(data)]))).toEqual({
        a: [2, 4, 6],
        b: [2, 4, 6],
        x: [1, 2, 3],
        total: [6],
      });
      executable.dispose();
    });

    test("take no feed at all as no run", async () => {
      const x = input(float(2));
      const executable = await backend().compile({ inputs: { x }, outputs: { y: add(x, 1) } });
      expect(await executable.run([])).toEqual([]);
      executable.dispose();
    });

    test("report their cost", async () => {
      const [a, b] = [input(float(8, 16)), input(float(16, 4))];
      const executable = await backend().compile({ inputs: { a, b }, outputs: { y: matmul(a, b) } });
      expect(executable.statistics.flops).toBe(2 * 8 * 16 * 4);
      expect(executable.statistics.launches).toBeGreaterThanOrEqual(1);
      executable.dispose();
    });

    test("give the same bits twice", async () => {
      const [a, b] = [input(float(40, 70)), input(float(70, 30))];
      const y = matmul(a, b);
      const program = { inputs: { a, b }, outputs: { y, means: sum(y, [0]), scaled: broadcast(sum(y), [3], []) } };
      const feed = {
        a: new Float32Array(2800).map((_, i) => Math.sin(i)),
        b: new Float32Array(2100).map((_, i) => Math.cos(i)),
      };
      const executable = await backend().compile(program);
      const [first, second] = await executable.run([feed, feed]);
      expect(second).toEqual(first);
      executable.dispose();
    });
  });

  describe("errors", () => {
    const x = input(float(2, 3));
    const program = { inputs: { x }, outputs: { y: multiply(x, 2) } };
    const free = input(float(2));

    test("a feed of an unknown name, of a wrong type or size, or missing", async () => {
      const executable = await backend().compile(program);
      const good = new Float32Array(6);
      await expect(executable.run([{ x: good, z: good }])).rejects.toThrow(/unknown input "z".*x/);
      await expect(executable.run([{}])).rejects.toThrow(/"x" is neither bound nor fed/);
      await expect(executable.run([{ x: new Float32Array(5) }])).rejects.toThrow(/"x".*\[2, 3\].*6 elements, not 5/);
      await expect(executable.run([{ x: new Int32Array(6) }])).rejects.toThrow(ProgramError);
      expect(list((await executable.run([{ x: good }]))[0].y)).toEqual([0, 0, 0, 0, 0, 0]);
      executable.dispose();
    });

    test("a binding of an unknown name or of a wrong type, or of one tensor to two outputs", async () => {
      const [right, wrong] = [backend().createTensor(float(2, 3)), backend().createTensor(float(3, 2))];
      await expect(backend().compile(program, { inputs: { w: right } })).rejects.toThrow(/unknown input "w"/);
      await expect(backend().compile(program, { outputs: { w: right } })).rejects.toThrow(/unknown output "w"/);
      await expect(backend().compile(program, { inputs: { x: wrong } })).rejects.toThrow(/"x".*\[2, 3\].*\[3, 2\]/);
      const twice = { inputs: { x }, outputs: { y: multiply(x, 2), z: multiply(x, 3) } };
      await expect(backend().compile(twice, { outputs: { y: right, z: right } })).rejects.toThrow(ProgramError);
      right.dispose();
      wrong.dispose();
    });

    test("a program that reads a value which is not among its inputs", async () => {
      const open = { inputs: { x }, outputs: { y: add(x, broadcast(free, [2, 3], [0])) } };
      await expect(backend().compile(open)).rejects.toThrow(/float \[2\] that is not among its inputs/);
    });

    test("a bound tensor that has been disposed of", async () => {
      const tensor = backend().createTensor(float(2, 3), undefined, "gone");
      const executable = await backend().compile(program, { inputs: { x: tensor } });
      tensor.dispose();
      await expect(executable.run([{}])).rejects.toThrow(/"gone"/);
      await expect(backend().compile(program, { inputs: { x: tensor } })).rejects.toThrow(ProgramError);
      executable.dispose();
    });
  });

  describe("disposal", () => {
    test("an executable gives back its memory and refuses further runs", async () => {
      const before = backend().memory.bytes;
      const x = input(float(64, 64));
      const executable = await backend().compile({ inputs: { x }, outputs: { y: sum(matmul(x, x)) } });
      expect(executable.statistics.temporaryBytes).toBeGreaterThan(0);
      expect(backend().memory.bytes).toBeGreaterThan(before);
      executable.dispose();
      executable.dispose();
      expect(backend().memory.bytes).toBe(before);
      await expect(executable.run([{ x: new Float32Array(4096) }])).rejects.toThrow(ProgramError);
    });

    test("a backend that is disposed of refuses everything", async () => {
      const other = await create();
      const tensor = other.createTensor(float(2));
      other.dispose();
      await expect(other.read(tensor)).rejects.toThrow();
      expect(() => other.createTensor(float(2))).toThrow();
      await expect(other.compile({ inputs: {}, outputs: {} })).rejects.toThrow();
    });
  });
}

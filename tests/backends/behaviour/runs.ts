/** Order, feeds and fetches of runs, and disposal. */
import { describe, expect, test } from "vitest";
import { type Backend, ProgramError } from "../../../src/backends/backend.ts";
import { add, broadcast, input, matmul, multiply, sum } from "../../../src/tensor/primitives/index.ts";
import { float, list } from "./short.ts";

export function describeRuns(backend: () => Backend, create: () => Promise<Backend>): void {
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

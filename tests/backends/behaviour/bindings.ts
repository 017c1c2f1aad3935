/** Inputs and outputs that live in tensors, updates in place among them. */
import { describe, expect, test } from "vitest";
import type { Backend } from "../../../src/backends/backend.ts";
import { add, input, matmul, reshape, slice, subtract } from "../../../src/tensor/primitives/index.ts";
import { float, list } from "./short.ts";

export function describeBindings(backend: () => Backend): void {
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
}

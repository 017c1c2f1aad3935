/** Misuse is refused with a message that says what was wrong and where. */
import { describe, expect, test } from "vitest";
import { type Backend, ProgramError } from "../../../src/backends/backend.ts";
import { add, broadcast, input, multiply } from "../../../src/tensor/primitives/index.ts";
import { float, list } from "./short.ts";

export function describeErrors(backend: () => Backend): void {
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
}

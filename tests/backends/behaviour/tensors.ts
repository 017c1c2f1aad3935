/** Tensors hold what they are given, and are counted. */
import { describe, expect, test } from "vitest";
import { type Backend, ProgramError } from "../../../src/backends/backend.ts";
import { add, input } from "../../../src/tensor/primitives/index.ts";
import { float, list } from "./short.ts";

export function describeTensors(backend: () => Backend, create: () => Promise<Backend>): void {
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
}

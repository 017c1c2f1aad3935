/** What is particular to WebAssembly: loading, the heap, and the turns of the event loop. */
import { describe, expect, test } from "vitest";
import { BackendUnavailableError, OutOfMemoryError } from "../../../src/backends/backend.ts";
import { createTfjsBackend } from "../../../src/backends/tfjs/backend.ts";
import type { ReadKernels } from "../../../src/backends/tfjs/kernel-binary.ts";
import { readKernels } from "../../../src/backends/tfjs/kernels-node.ts";
import { WasmBackend } from "../../../src/backends/tfjs/wasm/backend.ts";
import { KernelModule } from "../../../src/backends/tfjs/wasm/kernel-module.ts";
import { grad } from "../../../src/tensor/differentiate/grad.ts";
import { conv2d, input, matmul, multiply, sum, tanh } from "../../../src/tensor/primitives/index.ts";
import type { TensorType } from "../../../src/tensor/program.ts";

const float = (...shape: number[]): TensorType => ({ dtype: "float", shape });

/** A convolution, its gradients and a product with a bound weight. */
function smallNet() {
  const [x, w, v] = [input(float(4, 8, 8, 3)), input(float(3, 3, 3, 8)), input(float(8, 8))];
  const geometry = {
    strides: [1, 1],
    padding: [
      [1, 1],
      [1, 1],
    ],
  } as const;
  const h = sum(tanh(conv2d(x, w, geometry)), [1, 2]);
  const loss = sum(matmul(h, v));
  const [dx, dw, dv] = grad(loss, [x, w, v]);
  return { inputs: { x, w, v }, outputs: { loss, dx, dw, dv } };
}

describe("loading", () => {
  const load = (read: ReadKernels) => createTfjsBackend({ readKernels: read, engines: ["wasm"], timeoutMs: 20 });

  test("is given up in time", async () => {
    const never = () => new Promise<never>(() => {});
    await expect(load(never)).rejects.toThrow(BackendUnavailableError);
    await expect(load(never)).rejects.toThrow(/not ready after 0.02 s/);
  });

  test("fails by name when the file cannot be read or is no such module", async () => {
    const missing = () => Promise.reject(new Error("404 Not Found"));
    await expect(load(missing)).rejects.toThrow(/could not be read: 404 Not Found/);
    const page = async () => new TextEncoder().encode("<!doctype html>");
    await expect(load(page)).rejects.toThrow(BackendUnavailableError);
  });

  test("falls back to plain JavaScript, and outside a browser not to WebGL", async () => {
    const missing = () => Promise.reject(new Error("404 Not Found"));
    const backend = await createTfjsBackend({ readKernels: missing });
    expect(backend.description).toBe("JavaScript");
    backend.dispose();
    const withoutCpu = createTfjsBackend({ readKernels: missing, engines: ["wasm", "webgl"] });
    await expect(withoutCpu).rejects.toThrow(/could not be read: 404 Not Found. There is no WebGL/);
  });
});

describe("the heap", () => {
  test("does not grow with runs, programs or tensors that are disposed of", async () => {
    const module = await KernelModule.instantiate(await readKernels(true));
    const backend = new WasmBackend(module, true);
    const cycle = async () => {
      const weights = { w: backend.createTensor(float(3, 3, 3, 8)), v: backend.createTensor(float(8, 8)) };
      const executable = await backend.compile(smallNet(), { inputs: weights });
      const feed = { x: new Float32Array(4 * 8 * 8 * 3).fill(0.1) };
      await executable.run([feed, feed]);
      executable.dispose();
      for (const tensor of Object.values(weights)) tensor.dispose();
      await backend.idle();
    };
    for (let i = 0; i < 5; i++) await cycle();
    const [bytes, free] = [module.u8.length, probe(module)];
    for (let i = 0; i < 60; i++) await cycle();
    expect(module.u8.length).toBe(bytes);
    expect(probe(module)).toBe(free);
    expect(backend.memory.bytes).toBe(0);
    backend.dispose();
  });

  /** Where the next megabyte would go: moves when something before it is kept. */
  function probe(module: KernelModule): number {
    const { address, free } = module.allocate(1 << 20, "probe");
    free();
    return address;
  }

  test("that is full is an OutOfMemoryError that says for what, and the backend goes on", async () => {
    const backend = await createTfjsBackend({ readKernels });
    expect(() => backend.createTensor(float(1 << 30), undefined, "huge")).toThrow(OutOfMemoryError);
    expect(() => backend.createTensor(float(1 << 30), undefined, "huge")).toThrow(/"huge" needs 4295 MB/);
    const x = input(float(1 << 15, 1 << 15));
    await expect(backend.compile({ inputs: { x }, outputs: { y: multiply(x, 2) } })).rejects.toThrow(OutOfMemoryError);
    const tensor = backend.createTensor(float(2), new Float32Array([1, 2]));
    expect(await backend.read(tensor)).toEqual(new Float32Array([1, 2]));
    backend.dispose();
  });
});

test("a kernel that XNNPACK refuses is an error, not a wrong result", async () => {
  const { exports } = await KernelModule.instantiate(await readKernels(true));
  const [a, b, out] = [1, 2, 3];
  const shape = exports.malloc(24);
  for (const id of [a, b, out]) exports.register_tensor(id, 0, shape);
  new Int32Array(exports.memory.buffer).set([1, 4, 0, 1, 0, 4], shape / 4);
  expect(() => exports.BatchMatMul(a, shape, 3, b, shape + 12, 3, 0, 0, out)).toThrow(/a tfjs kernel failed: .*XNN/);
});

test("the event loop gets its turn between long runs", async () => {
  const backend = await createTfjsBackend({ readKernels });
  const a = input(float(512, 512));
  const executable = await backend.compile({ inputs: { a }, outputs: { y: sum(matmul(a, a)) } });
  const feeds = Array.from({ length: 24 }, () => ({ a: new Float32Array(512 * 512) }));
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  await executable.run(feeds);
  clearInterval(timer);
  expect(turns).toBeGreaterThanOrEqual(2);
  backend.dispose();
});

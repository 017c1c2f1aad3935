/** Which engine `auto` takes, on machines that are made up. */
import { describe, expect, it } from "vitest";
import { type Backend, BackendUnavailableError } from "../../src/backends/backend.ts";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import { createTfjsBackend } from "../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../src/backends/tfjs/kernels-node.ts";
import { chooseEngine } from "../../src/jobs/platform/choose-engine.ts";
import { measureRate } from "../../src/jobs/platform/measure-rate.ts";

interface Machine {
  /** The adapter's name, or null for none. */
  readonly adapter: string | null;
  readonly software?: boolean;
  /** What the trial finds, in multiplications a second. */
  readonly rates?: Partial<Record<"webgpu" | "tfjs", number>>;
}

async function chooseOn({ adapter, software = false, rates = {} }: Machine) {
  const disposed: string[] = [];
  let budgetMs = 0;
  const engine = (kind: "webgpu" | "tfjs") => ({ kind, dispose: () => disposed.push(kind) }) as unknown as Backend;
  const { backend, reason } = await chooseEngine({
    findAdapter: async () => {
      if (adapter === null) throw new BackendUnavailableError("This browser has no WebGPU.");
      const facts = { vendor: "", architecture: "", device: "", description: "", features: [], limits: {}, software };
      return { name: adapter, facts };
    },
    createWebgpu: async () => engine("webgpu"),
    createTfjs: async () => engine("tfjs"),
    measureRate: async ({ kind }, ms) => {
      budgetMs += ms;
      return rates[kind as "webgpu" | "tfjs"];
    },
  });
  return { kind: backend.kind, reason: reason.kind, text: reason.text, disposed, budgetMs };
}

describe("auto", () => {
  it("takes WebGPU on a graphics processor, without a trial", async () => {
    const chosen = await chooseOn({ adapter: "nvidia ampere" });
    expect(chosen).toMatchObject({ kind: "webgpu", reason: "hardware", disposed: [], budgetMs: 0 });
    expect(chosen.text).toContain("nvidia ampere");
  });

  it("takes WebAssembly where the adapter is a renderer on the processor, without a trial", async () => {
    const chosen = await chooseOn({ adapter: "google swiftshader", software: true });
    expect(chosen).toMatchObject({ kind: "tfjs", reason: "software", budgetMs: 0 });
    expect(chosen.text).toContain("google swiftshader");
  });

  it("takes WebAssembly where there is no WebGPU, and says what the browser lacks", async () => {
    expect(await chooseOn({ adapter: null })).toMatchObject({
      kind: "tfjs",
      reason: "unavailable",
      text: "This browser has no WebGPU.",
    });
  });

  it.each([
    ["webgpu", { webgpu: 2e11, tfjs: 5e9 }, ["tfjs"], /WebGPU was faster \(WebGPU 200, WebAssembly 5\.0 billion/],
    ["tfjs", { webgpu: 8e8, tfjs: 5e9 }, ["webgpu"], /WebAssembly was faster \(WebGPU 0\.80, WebAssembly 5\.0 billion/],
    ["webgpu", { tfjs: 5e9 }, ["tfjs"], /did not decide/],
  ] as const)("measures an adapter that hides what it is: %s %o", async (kind, rates, disposed, text) => {
    const chosen = await chooseOn({ adapter: "unnamed", rates });
    expect(chosen).toMatchObject({ kind, reason: "measured", disposed });
    expect(chosen.text).toMatch(text);
    expect(chosen.budgetMs).toBeGreaterThan(0);
    expect(chosen.budgetMs).toBeLessThanOrEqual(250);
  });

  it("lets a failure through that is not a lack of WebGPU", async () => {
    const broken = chooseEngine({
      findAdapter: () => Promise.reject(new TypeError("a mistake in the code")),
      createWebgpu: () => Promise.reject(new Error("not asked for")),
      createTfjs: () => Promise.reject(new Error("not asked for")),
      measureRate: async () => undefined,
    });
    await expect(broken).rejects.toThrow("a mistake in the code");
  });
});

describe("measureRate", () => {
  it("comes to a rate, and leaves nothing in the backend's memory", async () => {
    const backend = await createTfjsBackend({ readKernels });
    const rate = await measureRate(backend, 60_000);
    expect(rate).toBeGreaterThan(0);
    expect(backend.memory.bytes).toBe(0);
  });

  it("comes to nothing when the backend is not ready in time", async () => {
    const backend = createReferenceBackend();
    backend.compile = () => new Promise<never>(() => {});
    expect(await measureRate(backend, 1)).toBeUndefined();
  });
});

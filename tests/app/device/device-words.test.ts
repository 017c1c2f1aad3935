import { describe, expect, it } from "vitest";
import { durationWords } from "../../../src/app/device/benchmark-words.ts";
import { checkTimeWords, verdict } from "../../../src/app/device/check-words.ts";
import { adapterFacts, memoryWords, processorFacts, speedWords } from "../../../src/app/device/device-words.ts";
import { processorName } from "../../../src/app/device/engine-words.ts";
import type { DeviceReport } from "../../../src/jobs/device-jobs.ts";

const report: DeviceReport = {
  backend: "tfjs",
  description: "WebAssembly (SIMD), one thread",
  features: [],
  limits: {},
  processor: { cores: 8, workers: 7, crossOriginIsolated: false },
  wasm: { simd: true, threads: 1, heapBytes: 84_000_000 },
  memoryBytes: 12_000_000,
  peakMemoryBytes: 31_000_000,
};
const { wasm: _, ...withoutWasm } = report;
const webgpu: DeviceReport = { ...withoutWasm, backend: "webgpu", description: "nvidia ampere" };

const processorFact = (name: string, of: DeviceReport) => processorFacts(of).find((fact) => fact.name === name)?.value;

describe("the Device page", () => {
  it("shows the heap on WebAssembly, which is what the browser has given", () => {
    expect(memoryWords(report)).toBe("84.0 MB of heap, of which 12.0 MB in tensors (at most 31.0 MB so far)");
    expect(memoryWords(webgpu)).toBe("12.0 MB, at most 31.0 MB so far");
  });

  it("says what matters on WebAssembly: cores, threads and why, SIMD", () => {
    expect(processorFact("Processor cores", report)).toContain("8");
    expect(processorFact("Threads", report)).toMatch(/^1 in each worker.*up to 7 workers/);
    expect(processorFact("Shared memory", report)).toContain("not cross-origin isolated");
    const isolated = { ...report, processor: { ...report.processor, crossOriginIsolated: true } };
    expect(processorFact("Shared memory", isolated)).toContain("is cross-origin isolated");
    expect(processorFact("Vector instructions (SIMD)", report)).toBe("used");
    expect(processorFacts(webgpu).map(({ name }) => name)).toEqual(["Processor cores"]);
    expect(adapterFacts(report)).toEqual([]);
  });

  it("knows the speed after work only", () => {
    expect(speedWords(report)).toContain("not measured");
    expect(speedWords({ ...report, flopPerSecond: 1.96e10 })).toContain("19.6 GFLOP/s");
  });

  it("names what does the arithmetic", () => {
    expect(processorName(report)).toBe("CPU");
    expect(processorName({ ...report, description: "WebGL (Some GPU)" })).toBe("GPU");
    expect(processorName(webgpu)).toBe("GPU");
    expect(processorName({ ...webgpu, adapter: { software: "yes" } })).toBe("CPU");
    expect(processorName({ ...withoutWasm, backend: "reference" })).toBe("CPU");
  });
});

describe("the self-check's verdict", () => {
  const row = (name: string, passed: boolean) => ({ name, error: 1e-7, bound: 1e-6, passed });

  it("is one sentence, which names what does not agree", () => {
    expect(verdict([row("a", true), row("b", true)])).toBe("All 2 agree with float64.");
    expect(verdict([row("a", false), row("b", true)])).toBe("1 of 2 does not agree with float64: a.");
    expect(verdict([row("a", false), row("b", false)])).toBe("2 of 2 do not agree with float64: a; b.");
  });
});

describe("the self-check's duration", () => {
  const idle = { status: "idle", rows: [], total: null, seconds: null } as const;

  it("is as measured, or minutes on a software adapter, and never promised", () => {
    expect(checkTimeWords(report, { ...idle, seconds: 128 })).toBe("It took about 2 min the last time.");
    expect(checkTimeWords({ ...webgpu, adapter: { software: "yes" } }, idle)).toContain("may take minutes");
    expect(checkTimeWords(report, idle)).toContain("has not been measured here");
  });

  it("gives way to how far it is while it runs", () => {
    const rows = [{ name: "a", error: 0, bound: 1, passed: true }];
    expect(checkTimeWords(report, { ...idle, status: "running", rows, total: 15 })).toBe("1 of 15 compared.");
    expect(checkTimeWords(null, { ...idle, status: "running" })).toBe("The first is under way.");
  });
});

describe("the benchmark's duration", () => {
  it("is as measured, else as the engine usually takes", () => {
    expect(durationWords(report, 6.2)).toBe("It took about 6 s the last time.");
    expect(durationWords(report, null)).toContain("a few seconds");
    expect(durationWords({ ...webgpu, adapter: { software: "yes" } }, null)).toContain("minute or two");
    expect(durationWords(null, null)).toBe("");
  });
});

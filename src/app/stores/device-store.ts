/** What the machine offers, its self-check and its benchmark, each asked of the worker on demand. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { BackendChoice, BenchmarkRow, CheckRow, DeviceReport } from "../../jobs/device-jobs.ts";
import type { JobRunner } from "../../jobs/jobs.ts";
import { messageOf } from "../kit/message-of.ts";

export type TableStatus = "idle" | "running" | "complete" | "failed";

export interface DeviceState {
  /** The engine that the address asks for. */
  readonly choice: BackendChoice;
  readonly report: DeviceReport | null;
  readonly reportError: string | null;
  readonly checks: readonly CheckRow[];
  readonly checkStatus: TableStatus;
  readonly checkError: string | null;
  readonly benchmark: readonly BenchmarkRow[];
  readonly benchmarkStatus: TableStatus;
  readonly benchmarkError: string | null;
  describe(): Promise<void>;
  runSelfCheck(): Promise<void>;
  runBenchmark(): Promise<void>;
}

export type DeviceStore = StoreApi<DeviceState>;

export function createDeviceStore(runner: () => JobRunner, backend: BackendChoice): DeviceStore {
  return createStore<DeviceState>((set, get) => ({
    choice: backend,
    report: null,
    reportError: null,
    checks: [],
    checkStatus: "idle",
    checkError: null,
    benchmark: [],
    benchmarkStatus: "idle",
    benchmarkError: null,
    async describe() {
      try {
        set({ report: await runner().start("describeDevice", { backend }).result, reportError: null });
      } catch (error) {
        set({ reportError: messageOf(error) });
      }
    },
    async runSelfCheck() {
      set({ checks: [], checkStatus: "running", checkError: null });
      try {
        const job = runner().start("selfCheck", { backend });
        for await (const row of job.events) set({ checks: [...get().checks, row] });
        set({ checks: await job.result, checkStatus: "complete" });
      } catch (error) {
        set({ checkStatus: "failed", checkError: messageOf(error) });
      }
    },
    async runBenchmark() {
      set({ benchmark: [], benchmarkStatus: "running", benchmarkError: null });
      try {
        const job = runner().start("benchmark", { batchSize: 16, backend });
        for await (const row of job.events) set({ benchmark: [...get().benchmark, row] });
        set({ benchmark: await job.result, benchmarkStatus: "complete" });
      } catch (error) {
        set({ benchmarkStatus: "failed", benchmarkError: messageOf(error) });
      }
    },
  }));
}

/** What the machine offers, its self-check and its benchmark, each asked of the worker on demand and kept while the window is open. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { BackendChoice, BenchmarkRow, CheckRow, DeviceReport } from "../../jobs/device-jobs.ts";
import type { JobEvent, JobRunner } from "../../jobs/jobs.ts";
import { messageOf } from "../kit/message-of.ts";
import { createJobSlot, type JobFollower } from "./job-slot.ts";

/** A table that fills row by row. */
export interface RowTable<Row> {
  readonly rows: readonly Row[];
  readonly status: "idle" | "running" | "complete" | "cancelled" | "failed";
  readonly error: string | null;
  /** Rows that there will be; null while it is not known. */
  readonly total: number | null;
  /** How long it took when it was last completed; null before. */
  readonly seconds: number | null;
}

export interface DeviceState {
  /** The engine that the address asks for. */
  readonly choice: BackendChoice;
  readonly report: DeviceReport | null;
  readonly reportError: string | null;
  readonly check: RowTable<CheckRow>;
  readonly benchmark: RowTable<BenchmarkRow>;
  describe(): Promise<void>;
  /** Describes the device again every second, counted from the last answer, until the returned function is called. */
  watch(): () => void;
  runSelfCheck(): Promise<void>;
  stopSelfCheck(): void;
  runBenchmark(): Promise<void>;
  stopBenchmark(): void;
}

export type DeviceStore = StoreApi<DeviceState>;

const describeEveryMs = 1000;
const idle = { rows: [], total: null, status: "idle", error: null, seconds: null } as const;

export function createDeviceStore(runner: () => JobRunner, backend: BackendChoice): DeviceStore {
  const checking = createJobSlot<"selfCheck">();
  const timing = createJobSlot<"benchmark">();
  return createStore<DeviceState>((set, get) => ({
    choice: backend,
    report: null,
    reportError: null,
    check: idle,
    benchmark: idle,
    async describe() {
      try {
        set({ report: await runner().start("describeDevice", { backend }).result, reportError: null });
      } catch (error) {
        set({ reportError: messageOf(error) });
      }
    },
    watch() {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let isWatched = true;
      const look = async () => {
        await get().describe();
        if (isWatched) timer = setTimeout(() => void look(), describeEveryMs);
      };
      void look();
      return () => {
        isWatched = false;
        clearTimeout(timer);
      };
    },
    async runSelfCheck() {
      const follower = follow<"selfCheck", CheckRow>(
        get().check,
        (check) => set({ check }),
        (event) => event,
      );
      await checking.followJob(() => runner().start("selfCheck", { backend }), follower);
    },
    stopSelfCheck: () => checking.cancel(),
    async runBenchmark() {
      const follower = follow<"benchmark", BenchmarkRow>(
        get().benchmark,
        (benchmark) => set({ benchmark }),
        (row) => ({ row, total: null }),
      );
      await timing.followJob(() => runner().start("benchmark", { batchSize: 16, backend }), follower);
    },
    stopBenchmark: () => timing.cancel(),
  }));
}

/** Fills a table with the job's rows as they come. */
function follow<Name extends "selfCheck" | "benchmark", Row>(
  { seconds }: RowTable<Row>,
  show: (table: RowTable<Row>) => void,
  read: (event: JobEvent<Name>) => Pick<RowTable<Row>, "total"> & { readonly row: Row },
): JobFollower<Name> {
  const startedMs = performance.now();
  let table: RowTable<Row> = { ...idle, status: "running", seconds };
  const change = (next: Partial<RowTable<Row>>) => {
    table = { ...table, ...next };
    show(table);
  };
  change({});
  return {
    onEvent(event) {
      const { row, total } = read(event);
      change({ rows: [...table.rows, row], total });
    },
    end(ending) {
      if (ending.kind === "failed") return change({ status: "failed", error: ending.message });
      if (ending.kind === "cancelled") return change({ status: "cancelled" });
      const took = (performance.now() - startedMs) / 1000;
      change({ rows: ending.result as readonly Row[], status: "complete", seconds: took });
    },
  };
}

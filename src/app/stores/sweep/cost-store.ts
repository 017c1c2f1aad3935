/** What a sweep would cost: each shape of run is estimated once, shortly after the sweep was last changed. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Spec } from "../../../experiment/spec.ts";
import type { SweepRun } from "../../../experiment/sweep-runs.ts";
import type { BackendChoice, CostEstimate } from "../../../jobs/device-jobs.ts";
import type { JobRunner } from "../../../jobs/jobs.ts";
import { messageOf } from "../../kit/message-of.ts";

export interface SweepCost {
  /** Work of each run. */
  readonly flops: readonly number[];
  readonly totalFlop: number;
  /** Memory of the largest run. */
  readonly memoryBytes: number;
  /** Null until this device's speed is known. */
  readonly seconds: number | null;
}

export interface SweepCostState {
  /** The runs that the cost is of. */
  readonly runs: readonly SweepRun[] | null;
  /** Null where it can't be estimated. */
  readonly cost: SweepCost | null;
  readonly message: string | null;
  ask(runs: readonly SweepRun[]): void;
}

export type SweepCostStore = StoreApi<SweepCostState>;

const settleMs = 300;

export function createSweepCostStore(runner: () => JobRunner, backend: BackendChoice): SweepCostStore {
  return createStore<SweepCostState>((set) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let latest: readonly SweepRun[] | null = null;

    const estimate = async (runs: readonly SweepRun[]) => {
      const byShape = new Map<string, CostEstimate>();
      try {
        for (const { spec } of runs) {
          if (latest !== runs) return;
          const shape = shapeOf(spec);
          if (byShape.has(shape)) continue;
          const { training } = await runner().start("estimateCost", { spec, backend }).result;
          byShape.set(shape, training);
        }
        const costs = runs.flatMap(({ spec }) => byShape.get(shapeOf(spec)) ?? []);
        if (latest === runs) set({ runs, cost: combine(costs), message: null });
      } catch (error) {
        const message = messageOf(error);
        if (latest === runs) set({ runs, cost: null, message });
      }
    };

    return {
      runs: null,
      cost: null,
      message: null,
      ask(runs) {
        latest = runs;
        clearTimeout(timer);
        timer = setTimeout(() => void estimate(runs), settleMs);
      },
    };
  });
}

/** What the work of a run depends on: neither on its initial weights nor on its rates. */
const shapeOf = ({ model, data, training }: Spec): string =>
  JSON.stringify([model, data, training.optimizer, training.batchSize, training.epochs]);

function combine(costs: readonly CostEstimate[]): SweepCost {
  const seconds = costs.map((cost) => cost.seconds ?? Number.NaN).reduce((sum, value) => sum + value, 0);
  return {
    flops: costs.map(({ totalFlop }) => totalFlop),
    totalFlop: costs.reduce((sum, { totalFlop }) => sum + totalFlop, 0),
    memoryBytes: Math.max(...costs.map(({ memoryBytes }) => memoryBytes)),
    seconds: Number.isNaN(seconds) ? null : seconds,
  };
}

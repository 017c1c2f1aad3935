/** What the chosen experiment would cost, asked anew shortly after the spec changes. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Spec } from "../../experiment/spec.ts";
import type { BackendChoice, CostEstimate } from "../../jobs/device-jobs.ts";
import type { JobRunner } from "../../jobs/jobs.ts";
import { messageOf } from "../kit/message-of.ts";

export interface CostState {
  /** The spec that the figures are of. */
  readonly spec: Spec | null;
  readonly training: CostEstimate | null;
  /** FLOP of one loss over the training subset. */
  readonly evaluationFlop: number | null;
  /** Size of one recorded point of the path. */
  readonly pointBytes: number | null;
  readonly message: string | null;
  ask(spec: Spec): void;
}

export type CostStore = StoreApi<CostState>;

const settleMs = 250;

export function createCostStore(runner: () => JobRunner, backend: BackendChoice): CostStore {
  return createStore<CostState>((set) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let latest: Spec | null = null;
    const estimate = async (spec: Spec) => {
      try {
        const cost = await runner().start("estimateCost", { spec, backend }).result;
        if (latest === spec) set({ spec, ...cost, message: null });
      } catch (error) {
        if (latest !== spec) return;
        set({
          spec,
          training: null,
          evaluationFlop: null,
          pointBytes: null,
          message: messageOf(error),
        });
      }
    };
    return {
      spec: null,
      training: null,
      evaluationFlop: null,
      pointBytes: null,
      message: null,
      ask(spec) {
        latest = spec;
        clearTimeout(timer);
        timer = setTimeout(() => void estimate(spec), settleMs);
      },
    };
  });
}

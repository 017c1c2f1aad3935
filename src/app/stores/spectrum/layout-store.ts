/** The layout of a model's parameter vector, asked of the worker once for each model. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Spec } from "../../../experiment/spec.ts";
import type { JobRunner } from "../../../jobs/jobs.ts";
import type { Layout } from "../../../models/layout.ts";

export interface LayoutState {
  /** Layouts by the model's spec as JSON. */
  readonly layouts: Readonly<Record<string, Layout>>;
  /** A model that cannot be made has none. */
  ask(spec: Spec): void;
}

export type LayoutStore = StoreApi<LayoutState>;

export const layoutKey = ({ model }: Spec) => JSON.stringify(model);

export function createLayoutStore(runner: () => JobRunner): LayoutStore {
  return createStore<LayoutState>((set, get) => {
    const asked = new Set<string>();
    const fetchLayout = async (spec: Spec) => {
      const key = layoutKey(spec);
      try {
        const layout = await runner().start("describeModel", { spec }).result;
        set({ layouts: { ...get().layouts, [key]: layout } });
      } catch {
        asked.delete(key);
      }
    };
    return {
      layouts: {},
      ask(spec) {
        const key = layoutKey(spec);
        if (asked.has(key)) return;
        asked.add(key);
        void fetchLayout(spec);
      },
    };
  });
}

/** State of the Compare page: runs side by side, what lies between them, and the sweep that is planned there. */
import { createContext } from "react";
import { prefersReducedMotion } from "../kit/reduced-motion.ts";
import { type CompareStores, createCompareStores } from "../stores/compare/stores.ts";
import { createSweepCostStore, type SweepCostStore } from "../stores/sweep/cost-store.ts";
import { createDraftStore, type DraftStore } from "../stores/sweep/draft.ts";
import type { Services } from "./services.ts";
import type { SessionStores } from "./session.ts";
import { useStoresOf } from "./use-stores-of.ts";

export interface ComparePageStores extends CompareStores {
  readonly sweepDraft: DraftStore;
  readonly sweepCost: SweepCostStore;
}

export interface CompareOptions {
  readonly session: SessionStores;
  readonly openComparisons: Services["openComparisons"];
  readonly onError: (error: unknown) => void;
}

export function createComparePageStores({ session, openComparisons, onError }: CompareOptions): ComparePageStores {
  const { runner, backend, keeper, settings } = session;
  return {
    ...createCompareStores({ runner, backend, keeper, settings, openComparisons, prefersReducedMotion, onError }),
    sweepDraft: createDraftStore(),
    sweepCost: createSweepCostStore(runner, backend),
  };
}

const context = createContext<ComparePageStores | null>(null);
export const CompareProvider = context.Provider;
export const useCompare = (): ComparePageStores => useStoresOf(context, "the Compare page");

/** Where the cameras of the compared reliefs stand: one viewpoint for all, or one for each. */
import { createViewpointStore, type ViewpointStore } from "../viewpoint-store.ts";

export interface CompareViewpoints {
  readonly shared: ViewpointStore;
  /** The run's own, which begins where the shared one stands. */
  of(runId: string): ViewpointStore;
  /** All stand again where the shared one stands. */
  gather(): void;
}

export function createCompareViewpoints(prefersReducedMotion: () => boolean): CompareViewpoints {
  const shared = createViewpointStore(prefersReducedMotion);
  const own = new Map<string, ViewpointStore>();
  return {
    shared,
    of(runId) {
      const known = own.get(runId);
      if (known) return known;
      const made = createViewpointStore(prefersReducedMotion);
      made.getState().set(shared.getState().orbit);
      own.set(runId, made);
      return made;
    },
    gather: () => own.clear(),
  };
}

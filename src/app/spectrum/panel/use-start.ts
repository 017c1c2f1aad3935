/** Starts a measurement at the weights at hand; what keeps it from starting is said in a message. */
import { useStores } from "../../app-stores.ts";
import { notifyFailure } from "../../plate/notify.ts";
import type { SurfaceSource } from "../../stores/surface-store.ts";
import { useObstacles } from "../use-subject.ts";

export interface Start {
  readonly isDisabled: boolean;
  start(measure: (source: SurfaceSource) => void): void;
}

export function useStart(failure: string): Start {
  const { survey } = useStores();
  const isDisabled = useObstacles().length > 0;
  return { isDisabled, start: (measure) => void survey.source().then(measure).catch(notifyFailure(failure)) };
}

/** Start and cancel of each measurement, the same from the panel and from the sheet. */
import { type StoreApi, useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { useSession } from "../context/session.ts";
import { type SpectrumStores, useSpectrum } from "../context/spectrum.ts";
import { faultWords } from "../kit/fault-store.ts";
import { useFaults } from "../kit/field-faults.tsx";
import { notifyFailure } from "../kit/notify.ts";
import { exampleCount } from "../stores/image-counts.ts";
import type { JobStatus } from "../stores/job-status.ts";
import { measurementOf } from "../stores/measurements/list.ts";
import { beginMeasurement, type MeasurementId, measurementLabel } from "./begin-measurement.ts";
import { useObstacles, useSelection, useWeightsAtHand } from "./use-subject.ts";

export interface Action {
  readonly label: string;
  readonly status: JobStatus;
  /** Message of the error that it stopped with; null when it has not. */
  readonly message: string | null;
  /** Why it cannot start, where its own settings are to blame; null when they are not. */
  readonly problem: string | null;
  readonly isDisabled: boolean;
  start(): void;
  cancel(): void;
}

export function useAction(id: MeasurementId): Action {
  const session = useSession();
  const stores = useSpectrum();
  const { status, message } = useProgress(storeOf(stores, id));
  const problem = useProblem(id);
  const hasObstacles = useObstacles().length > 0;
  const label = measurementLabel(id);
  return {
    label,
    status,
    message: status === "failed" ? message : null,
    problem,
    isDisabled: hasObstacles || problem !== null,
    start: () => void beginMeasurement(session, stores, id).catch(notifyFailure(`${label}: it could not start`)),
    cancel: () => storeOf(stores, id).getState().cancel(),
  };
}

const storeOf = ({ spectrum, measurements }: SpectrumStores, id: MeasurementId) =>
  id === "eigenpairs" ? spectrum : measurements[id];

/** What all of the stores have. */
type Progress = StoreApi<{ readonly status: JobStatus; readonly message: string | null }>;

const useProgress = (store: Progress) =>
  useStore(
    store,
    useShallow(({ status, message }) => ({ status, message })),
  );

function useProblem(id: MeasurementId): string | null {
  const [fault] = useFaults("matrix", id);
  const { settings, data } = useSession();
  const view = useStore(settings, (state) => state.current.spectrum);
  const kept = useStore(data, (state) => state.kept);
  const { spec } = useWeightsAtHand();
  const selection = useSelection(spec);
  if (fault) return faultWords(fault);
  if (id === "eigenpairs") {
    const wanted = view.top + view.bottom;
    if (wanted === 0) return "Ask for at least one pair.";
    return selection && !selection.problem && wanted > selection.dimension
      ? `There are ${selection.dimension} parameters: ask for no more pairs than that.`
      : null;
  }
  return measurementOf(id).problem?.(view[id], exampleCount(spec, view.subset, kept)) ?? null;
}

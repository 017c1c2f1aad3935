/** Start and cancel of each measurement, the same from the panel and from the sheet. */
import { type StoreApi, useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { useSession } from "../context/session.ts";
import { useSpectrum } from "../context/spectrum.ts";
import { faultWords } from "../kit/fault-store.ts";
import { useFaults } from "../kit/field-faults.tsx";
import { notifyFailure } from "../kit/notify.ts";
import { exampleCount } from "../stores/image-counts.ts";
import type { JobStatus } from "../stores/job-status.ts";
import { type StreamedName, streamedMeasurements } from "../stores/measurements/list.ts";
import { beginMeasurement } from "./begin-measurement.ts";
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

export function useAction(name: StreamedName): Action {
  const session = useSession();
  const stores = useSpectrum();
  const store = stores.measurements[name];
  const { status, message } = useProgress(store);
  const problem = useProblem(name);
  const hasObstacles = useObstacles().length > 0;
  const { label } = streamedMeasurements[name];
  return {
    label,
    status,
    message: status === "failed" ? message : null,
    problem,
    isDisabled: hasObstacles || problem !== null,
    start: () => void beginMeasurement(session, stores, name).catch(notifyFailure(`${label}: it could not start`)),
    cancel: () => store.getState().cancel(),
  };
}

/** What all of the stores have. */
type Progress = StoreApi<{ readonly status: JobStatus; readonly message: string | null }>;

const useProgress = (store: Progress) =>
  useStore(
    store,
    useShallow(({ status, message }) => ({ status, message })),
  );

function useProblem<Name extends StreamedName>(name: Name): string | null {
  const [fault] = useFaults("matrix", name);
  const { settings, data } = useSession();
  const view = useStore(settings, (state) => state.current.spectrum);
  const kept = useStore(data, (state) => state.kept);
  const { spec } = useWeightsAtHand();
  const selection = useSelection(spec);
  if (fault) return faultWords(fault);
  const dimension = selection && !selection.problem ? selection.dimension : null;
  const subject = { examples: exampleCount(spec, view.subset, kept), dimension };
  return streamedMeasurements[name].problem?.(view[name], subject) ?? null;
}

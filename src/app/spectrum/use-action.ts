/** Start and cancel of each measurement, the same from the panel and from the sheet. */
import { type StoreApi, useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { type AppStores, useStores } from "../app-stores.ts";
import { notifyFailure } from "../plate/notify.ts";
import {
  densitySettings,
  layersSettings,
  spectrumSettings,
  subsetSizes,
  subsetsSettings,
  traceSettings,
} from "../stores/spectrum-settings.ts";
import type { SpectrumStatus } from "../stores/spectrum-store.ts";
import type { SurfaceSource } from "../stores/surface-store.ts";
import { exampleCount } from "./example-count.ts";
import { useObstacles, useSelection, useWeightsAtHand } from "./use-subject.ts";

export type MeasurementId = "eigenpairs" | "density" | "trace" | "layers" | "subsets";

const labels: Readonly<Record<MeasurementId, string>> = {
  eigenpairs: "Find eigenpairs",
  density: "Measure the density",
  trace: "Measure the trace",
  layers: "Measure each layer",
  subsets: "Compare subsets",
};

export interface Action {
  readonly label: string;
  readonly status: SpectrumStatus;
  /** Of the error that it stopped with; null when it has not. */
  readonly message: string | null;
  /** Why it cannot start, where its own settings are to blame; null when they are not. */
  readonly problem: string | null;
  readonly isDisabled: boolean;
  start(): void;
  cancel(): void;
}

export function useAction(id: MeasurementId): Action {
  const stores = useStores();
  const { status, message } = useProgress(storeOf(stores, id));
  const problem = useProblem(id);
  const hasObstacles = useObstacles().length > 0;
  const label = labels[id];
  return {
    label,
    status,
    message: status === "failed" ? message : null,
    problem,
    isDisabled: hasObstacles || problem !== null,
    start: () =>
      void stores.survey
        .source()
        .then((source) => begin(stores, id, source))
        .catch(notifyFailure(`${label}: it could not start`)),
    cancel: () => storeOf(stores, id).getState().cancel(),
  };
}

const storeOf = ({ spectrum, measurements }: AppStores, id: MeasurementId) =>
  id === "eigenpairs" ? spectrum : measurements[id];

/** What all of the stores have. */
type Progress = StoreApi<{ readonly status: SpectrumStatus; readonly message: string | null }>;

const useProgress = (store: Progress) =>
  useStore(
    store,
    useShallow(({ status, message }) => ({ status, message })),
  );

function useProblem(id: MeasurementId): string | null {
  const { settings } = useStores();
  const view = useStore(settings, (state) => state.current.spectrum);
  const { spec } = useWeightsAtHand();
  const selection = useSelection(spec);
  if (id === "eigenpairs") {
    const wanted = view.top + view.bottom;
    if (wanted === 0) return "Ask for at least one pair.";
    return selection && !selection.problem && wanted > selection.dimension
      ? `There are ${selection.dimension} parameters: ask for no more pairs than that.`
      : null;
  }
  if (id !== "subsets") return null;
  const examples = exampleCount(spec, view.subset);
  return subsetSizes(view, examples).some((size) => size > examples)
    ? `There are ${examples} examples: take no more than that in a mini-batch.`
    : null;
}

function begin({ settings, spectrum, measurements }: AppStores, id: MeasurementId, source: SurfaceSource): void {
  const view = settings.getState().current.spectrum;
  switch (id) {
    case "eigenpairs":
      // How it ended is in the store's own status.
      spectrum
        .getState()
        .solve(source, spectrumSettings(view))
        .catch(() => {});
      break;
    case "density":
      measurements.density.getState().measure(source, densitySettings(view));
      break;
    case "trace":
      measurements.trace.getState().measure(source, traceSettings(view));
      break;
    case "layers":
      measurements.layers.getState().measure(source, layersSettings(view));
      break;
    case "subsets":
      measurements.subsets.getState().measure(source, subsetsSettings(view, exampleCount(source.spec, view.subset)));
      break;
  }
}

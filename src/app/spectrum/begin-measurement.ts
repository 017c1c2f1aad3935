/** The measurements of the page by their ids: what they are called, and their start at some weights with the settings chosen. */
import type { SessionStores } from "../context/session.ts";
import type { SpectrumStores } from "../context/spectrum.ts";
import { exampleCount } from "../stores/image-counts.ts";
import { measurementOf, type StreamedName, streamedNames } from "../stores/measurements/list.ts";
import { measurementParams, spectrumSettings } from "../stores/settings/spectrum-settings.ts";
import type { MeasurementStore } from "../stores/spectrum/measurement-store.ts";

/** Eigenpairs have a store of their own, which other pages ask too; all else streams parts. */
export type MeasurementId = "eigenpairs" | StreamedName;

export const measurementIds: readonly MeasurementId[] = ["eigenpairs", ...streamedNames];

/** Label of the button that starts it. */
export const measurementLabel = (id: MeasurementId): string =>
  id === "eigenpairs" ? "Find eigenpairs" : measurementOf(id).label;

/** Name of the measurement in sentences. */
export const measurementName = (id: MeasurementId): string =>
  id === "eigenpairs" ? "Eigenpairs" : measurementOf(id).name;

/** Measures at the current weights. Rejects when there can be none; how the measurement ends is in its store. */
export async function beginMeasurement(
  { settings, data, currentWeights }: Pick<SessionStores, "settings" | "data" | "currentWeights">,
  { spectrum, measurements }: Pick<SpectrumStores, "spectrum" | "measurements">,
  id: MeasurementId,
): Promise<void> {
  const source = await currentWeights();
  const view = settings.getState().current.spectrum;
  if (id === "eigenpairs") {
    const solving = spectrum.getState().solve(source, spectrumSettings(view));
    solving.catch(() => {});
    return;
  }
  const examples = exampleCount(source.spec, view.subset, data.getState().kept);
  begin(id);

  function begin<Name extends StreamedName>(name: Name): void {
    const store = measurements[name] as unknown as MeasurementStore<Name, unknown>;
    store.getState().measure(source, measurementParams(name, view, examples));
  }
}

/** The start of a measurement at the current weights, with the settings chosen. */
import type { SessionStores } from "../context/session.ts";
import type { SpectrumStores } from "../context/spectrum.ts";
import { exampleCount } from "../stores/image-counts.ts";
import type { StreamedName } from "../stores/measurements/list.ts";
import { measurementParams } from "../stores/settings/spectrum-settings.ts";

/** Rejects when there can be none; how the measurement ends is in its store. */
export async function beginMeasurement<Name extends StreamedName>(
  { settings, data, currentWeights }: Pick<SessionStores, "settings" | "data" | "currentWeights">,
  { measurements }: Pick<SpectrumStores, "measurements">,
  name: Name,
): Promise<void> {
  const source = await currentWeights();
  const view = settings.getState().current.spectrum;
  const examples = exampleCount(source.spec, view.subset, data.getState().kept);
  void measurements[name].getState().measure(source, measurementParams(name, view, examples));
}

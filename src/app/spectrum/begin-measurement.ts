/** The measurements of curvature by name, and their start at some weights with the settings chosen. */
import type { SessionStores } from "../context/session.ts";
import type { SpectrumStores } from "../context/spectrum.ts";
import { exampleCount } from "../stores/image-counts.ts";
import {
  densitySettings,
  layersSettings,
  spectrumSettings,
  subsetsSettings,
  traceSettings,
} from "../stores/settings/spectrum-settings.ts";

export const measurementIds = ["eigenpairs", "density", "trace", "layers", "subsets"] as const;
export type MeasurementId = (typeof measurementIds)[number];

export const measurementLabels: Readonly<Record<MeasurementId, string>> = {
  eigenpairs: "Find eigenpairs",
  density: "Measure the density",
  trace: "Measure the trace",
  layers: "Measure each layer",
  subsets: "Compare subsets",
};

/** At the weights at hand. Rejects when there can be none; how the measurement ends is in its store. */
export async function beginMeasurement(
  { settings, data, currentWeights }: Pick<SessionStores, "settings" | "data" | "currentWeights">,
  { spectrum, measurements }: Pick<SpectrumStores, "spectrum" | "measurements">,
  id: MeasurementId,
): Promise<void> {
  const source = await currentWeights();
  const view = settings.getState().current.spectrum;
  switch (id) {
    case "eigenpairs":
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
      measurements.subsets
        .getState()
        .measure(source, subsetsSettings(view, exampleCount(source.spec, view.subset, data.getState().kept)));
      break;
  }
}

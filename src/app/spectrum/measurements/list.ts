/** How each measurement that streams parts stands on the page. */
import type { StreamedName } from "../../stores/measurements/list.ts";
import type { MeasurementView } from "../measurement-view.ts";
import { densityView } from "./density/view.tsx";
import { layersView } from "./layers/view.tsx";
import { sharpnessView } from "./sharpness/view.tsx";
import { spectrumView } from "./spectrum/view.tsx";
import { subsetsView } from "./subsets/view.tsx";
import { traceView } from "./trace/view.tsx";

/** The views by name. */
export const measurementViews: { readonly [Name in StreamedName]: MeasurementView<Name> } = {
  spectrum: spectrumView,
  density: densityView,
  trace: traceView,
  layers: layersView,
  subsets: subsetsView,
  sharpness: sharpnessView,
};

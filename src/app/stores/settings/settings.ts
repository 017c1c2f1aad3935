/** Everything a person chooses, in one serialisable value: what is trained, what is measured, how it is drawn. */
import type { Spec } from "../../../experiment/spec.ts";
import { type SurfaceView, surfaceViewSchema } from "../../../experiment/surface-view.ts";
import { defaultView, type ViewSettings } from "../../figure/view-settings.ts";
import { type CompareSettings, defaultCompareSettings } from "./compare-settings.ts";
import { presets } from "./presets.ts";
import { defaultSpectrumView, type SpectrumView } from "./spectrum-settings.ts";

export interface Settings {
  readonly spec: Spec;
  readonly surface: SurfaceView;
  readonly view: ViewSettings;
  readonly spectrum: SpectrumView;
  readonly compare: CompareSettings;
}

export const defaultSettings: Settings = {
  spec: presets[0].spec,
  surface: surfaceViewSchema.parse({}),
  view: defaultView,
  spectrum: defaultSpectrumView,
  compare: defaultCompareSettings,
};

export const isLine = (surface: SurfaceView) => surface.y === null;

/** Whether two settings ask for the same values; a line has no β axis to differ in. */
export function sameSurface(a: SurfaceView, b: SurfaceView): boolean {
  const identity = ({ beta, ...rest }: SurfaceView) => JSON.stringify({ ...rest, beta: rest.y ? beta : null });
  return identity(a) === identity(b);
}

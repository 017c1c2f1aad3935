/** Everything a person chooses, in one serialisable value: what is trained, what is measured, how it is drawn. */
import type { Spec } from "../../experiment/spec.ts";
import type {
  BatchNormMode,
  GridAxis,
  Normalization,
  SurfaceRequest,
  SurfaceSubset,
} from "../../experiment/surface.ts";
import type { ColourMapName } from "../figure/colour-maps.ts";
import type { Metric } from "../figure/metric.ts";
import type { Clip, ScaleChoice } from "../figure/value-scale.ts";
import { presets } from "./presets.ts";

export interface SurfaceSettings {
  readonly shape: "surface" | "line";
  readonly xSeed: number;
  readonly ySeed: number;
  readonly normalization: Normalization;
  readonly biases: "ignore" | "include";
  readonly orthogonalize: boolean;
  readonly batchNorm: BatchNormMode;
  readonly subset: SurfaceSubset;
  readonly alpha: GridAxis;
  readonly beta: GridAxis;
}

export interface ViewSettings {
  readonly metric: Metric;
  readonly scale: ScaleChoice;
  readonly clip: Clip;
  /** Multiplies the relief's height. */
  readonly verticalScale: number;
  readonly colourMap: ColourMapName;
  readonly contours: boolean;
}

export interface Settings {
  readonly spec: Spec;
  readonly surface: SurfaceSettings;
  readonly view: ViewSettings;
}

export const defaultSurface: SurfaceSettings = {
  shape: "surface",
  xSeed: 1,
  ySeed: 2,
  normalization: "filter",
  biases: "ignore",
  orthogonalize: false,
  batchNorm: "frozen",
  subset: "train",
  alpha: { min: -1, max: 1, count: 51 },
  beta: { min: -1, max: 1, count: 51 },
};

export const defaultView: ViewSettings = {
  metric: "loss",
  scale: "auto",
  clip: { low: null, high: null },
  verticalScale: 1,
  colourMap: "viridis",
  contours: true,
};

export const defaultSettings: Settings = { spec: presets[0]!.spec, surface: defaultSurface, view: defaultView };

export function toRequest(settings: SurfaceSettings): SurfaceRequest {
  const { shape, xSeed, ySeed, ...rest } = settings;
  return {
    ...rest,
    x: { kind: "random", seed: xSeed },
    y: shape === "surface" ? { kind: "random", seed: ySeed } : null,
  };
}

/** Whether two settings ask for values of the same function, so that values at common points can be kept. */
export function sameFunction(a: SurfaceSettings, b: SurfaceSettings): boolean {
  const identity = ({ alpha: _alpha, beta: _beta, ySeed, ...rest }: SurfaceSettings) => ({
    ...rest,
    ySeed: rest.shape === "surface" ? ySeed : null,
  });
  return JSON.stringify(identity(a)) === JSON.stringify(identity(b));
}

export function sameSurface(a: SurfaceSettings, b: SurfaceSettings): boolean {
  return JSON.stringify(toRequest(a)) === JSON.stringify(toRequest(b));
}

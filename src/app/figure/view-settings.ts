/** How a figure is drawn, and its keys in a link. */
import { z } from "zod";
import { parseDecimal } from "../../experiment/surface-texts.ts";
import type { UrlSection } from "../../experiment/url/url-codec.ts";
import { booleanField, numberField, textField, type UrlField } from "../../experiment/url/url-field.ts";
import { colourMapNames } from "./colour-maps.ts";
import { metrics } from "./metric.ts";
import { scaleChoices } from "./value-scale.ts";

/** What the relief's colours stand for: the metric, as its heights do, or the convexity at that place. */
export const colourLayers = ["value", "convexity"] as const;
export type ColourLayer = (typeof colourLayers)[number];

const limit = z.number().min(-1e9).max(1e9).nullable().default(null);

export const viewSettingsSchema = z.strictObject({
  metric: z.enum(metrics).default("loss"),
  scale: z.enum(scaleChoices).default("auto"),
  /** Clip limits in the metric's units; null follows the data. */
  clip: z.strictObject({ low: limit, high: limit }).prefault({}),
  /** Multiplies the relief's height. */
  verticalScale: z.number().min(0.1).max(2).default(1),
  colourMap: z.enum(colourMapNames).default("viridis"),
  contours: z.boolean().default(true),
  /** Drawn over the loss as a second surface. */
  quadraticModel: z.boolean().default(false),
  /** The training's recorded path, drawn over the figure. */
  path: z.boolean().default(true),
  colourBy: z.enum(colourLayers).default("value"),
  /** Points of a convexity map along either axis. */
  convexityCount: z.int().min(2).max(51).default(9),
});

export type ViewSettings = z.infer<typeof viewSettingsSchema>;

export const defaultView: ViewSettings = viewSettingsSchema.parse({});

function clipField(key: string, path: string): UrlField {
  return {
    key,
    paths: [path],
    format: ([value]) => (value === null ? "none" : String(value)),
    parse: (text) => [text === "none" ? null : (parseDecimal(text) ?? text)],
  };
}

export const viewSection: UrlSection<ViewSettings> = {
  schema: viewSettingsSchema,
  rules: [
    {
      fields: ["clip.low", "clip.high"],
      check: ({ clip: { low, high } }) =>
        low !== null && high !== null && low >= high ? `Give less than ${high}, the value of clip.high.` : null,
    },
  ],
  start: {},
  choices: [],
  fields: [
    textField("metric", "metric"),
    textField("scale", "scale"),
    clipField("clipLow", "clip.low"),
    clipField("clipHigh", "clip.high"),
    numberField("vertical", "verticalScale"),
    textField("colours", "colourMap"),
    booleanField("contours", "contours"),
    booleanField("quadraticModel", "quadraticModel"),
    booleanField("path", "path"),
    textField("colourBy", "colourBy"),
    numberField("convexityPoints", "convexityCount"),
  ],
};

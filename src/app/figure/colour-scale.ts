/** What a figure's colour bar shows: its name and unit, its ticks, and whether values go on beyond its ends. */
import { formatTick, formatValue } from "../kit/format.ts";
import type { Figure } from "./figure.ts";
import { metricNames, metricUnit } from "./metric.ts";
import { rangeTicks } from "./ticks.ts";
import { toScale } from "./value-scale.ts";

export interface ColourScale {
  readonly name: string;
  readonly unit: string;
  /** `at` from 0 to 1 along the bar. */
  readonly ticks: readonly { readonly place: number; readonly text: string }[];
  readonly clipsLow: boolean;
  readonly clipsHigh: boolean;
  /** The bar in a sentence. */
  readonly text: string;
}

type ScaledFigure = Pick<Figure, "layer" | "metric" | "lossName" | "range" | "ghost">;

export function colourScale(figure: ScaledFigure): ColourScale {
  return figure.layer ? convexityScale(figure.layer) : valueScale(figure);
}

const convexityTicks = [0, 0.25, 0.5, 0.75, 1];

function convexityScale({ texels, maxCell }: NonNullable<Figure["layer"]>): ColourScale {
  const largest = maxCell < 0 ? 0 : texels[maxCell * 4];
  return {
    name: "Convexity |λmin/λmax|",
    unit: "0 convex, 1 as much down as up",
    ticks: convexityTicks.map((value) => ({ place: value, text: formatTick(value) })),
    clipsLow: false,
    clipsHigh: largest > 1,
    text: `Colours: convexity |λmin/λmax| from 0, convex, to 1, as much negative curvature as positive${
      largest > 1 ? `; up to ${formatValue(largest, 3)}, clipped` : ""
    }`,
  };
}

function valueScale({ metric, lossName, range, ghost }: ScaledFigure): ColourScale {
  const { kind, scaledLow, scaledHigh, low, high, clipsLow, clipsHigh } = range;
  const name = metricNames[metric];
  const clip = clipsHigh || clipsLow ? ", values beyond are clipped" : "";
  return {
    name,
    unit: `${metricUnit(metric, lossName)}${kind === "log" ? ", log scale" : ""}`,
    ticks: ghost
      ? []
      : rangeTicks(range, 5).map((value) => ({
          place: (toScale(value, kind) - scaledLow) / (scaledHigh - scaledLow),
          text: formatTick(value),
        })),
    clipsLow,
    clipsHigh,
    text: ghost
      ? `Colours: ${name}, nothing measured yet`
      : `Colours: ${name} from ${formatValue(low)} to ${formatValue(high)}${clip}`,
  };
}

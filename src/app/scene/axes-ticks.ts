/** Where the frame's ticks stand for a figure, and what they say. */
import type { Figure } from "../figure/figure.ts";
import { metricNames } from "../figure/metric.ts";
import { linearTicks, rangeTicks } from "../figure/ticks.ts";
import { toScale } from "../figure/value-scale.ts";
import { formatTick } from "../kit/format.ts";
import type { AxesTicks } from "./axes-layout.ts";

/** About so many ticks along the floor's axes and along the vertical one. */
export interface TickCounts {
  readonly floor: number;
  readonly value: number;
}

const usualCounts: TickCounts = { floor: 4, value: 5 };

export function axesTicks(figure: Figure, counts = usualCounts): AxesTicks {
  const along = (coordinates: Float64Array) => {
    const low = coordinates[0];
    const high = coordinates[coordinates.length - 1];
    return linearTicks(low, high, counts.floor).map((value) => ({
      place: ((value - low) / (high - low)) * 2 - 1,
      text: formatTick(value),
    }));
  };
  const { range } = figure;
  const span = range.scaledHigh - range.scaledLow;
  const values = figure.ghost ? [] : rangeTicks(range, counts.value);
  return {
    alpha: along(figure.grid.alpha),
    beta: figure.grid.rows > 1 ? along(figure.grid.beta) : [],
    value: values.map((value) => ({
      place: (toScale(value, range.kind) - range.scaledLow) / span,
      text: formatTick(value),
    })),
    valueName: figure.ghost ? "" : metricNames[figure.metric],
  };
}

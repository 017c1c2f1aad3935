/** Colour bar with ticks and unit, marks where values are clipped, and keys for what is not measured or not finite. */
import { useId } from "react";
import { useStore } from "zustand";
import { useStores } from "../app-stores.ts";
import { cssGradient } from "../figure/colour-maps.ts";
import { formatTick, formatValue } from "../figure/format.ts";
import { metricNames, metricUnits } from "../figure/metric.ts";
import { rangeTicks } from "../figure/ticks.ts";
import { toScale } from "../figure/value-scale.ts";
import type { Figure } from "../stores/figure-store.ts";

const barHeight = 10;
const arrow = 9;

export function Legend({ figure }: { readonly figure: Figure }) {
  const { settings } = useStores();
  const colourMap = useStore(settings, (state) => state.current.view.colourMap);
  const gradient = useId();
  const { range, metric, display, grid } = figure;
  const stops = cssGradient(colourMap, metric === "accuracy").split(/, (?=rgb)/);
  const at = (value: number) =>
    ((toScale(value, range.kind) - range.scaledLow) / (range.scaledHigh - range.scaledLow)) * 100;
  const unmeasured = grid.measuredCount < grid.size;
  return (
    <div className="legend">
      <p className="legend-name">
        <strong>{metricNames[metric]}</strong>, {metricUnits[metric]}
        {range.kind === "log" ? ", log scale" : ""}
      </p>
      <svg width="100%" height={barHeight + 18} role="img" aria-label={legendText(figure)}>
        <defs>
          <linearGradient id={gradient}>
            {stops.map((colour, index) => (
              <stop key={colour} offset={index / (stops.length - 1)} stopColor={colour} />
            ))}
          </linearGradient>
        </defs>
        <rect width="100%" height={barHeight} fill={`url(#${gradient})`} opacity={figure.ghost ? 0.25 : 1} />
        {range.clipsLow && <ClipMark side="low" colour={stops[0]} />}
        {range.clipsHigh && <ClipMark side="high" colour={stops.at(-1)!} />}
        {!figure.ghost &&
          thinned(rangeTicks(range, 5), at).map((value) => (
            <g key={value}>
              <line
                x1={`${at(value)}%`}
                x2={`${at(value)}%`}
                y1={barHeight}
                y2={barHeight + 4}
                stroke="var(--ink-quiet)"
              />
              <text x={`${at(value)}%`} y={barHeight + 15} textAnchor="middle" fill="var(--ink-soft)" fontSize="11">
                {formatTick(value)}
              </text>
            </g>
          ))}
      </svg>
      <ul className="legend-keys">
        {unmeasured && (
          <li>
            <span className="swatch swatch-unmeasured" /> not measured
          </li>
        )}
        {(range.clipsLow || range.clipsHigh) && (
          <li>
            <span className="swatch swatch-clipped" /> clipped
          </li>
        )}
        {display.nonFiniteCount > 0 && (
          <li>
            <span className="swatch swatch-void" /> not finite
          </li>
        )}
      </ul>
    </div>
  );
}

/** A pointed end: the data go on beyond the bar. */
function ClipMark({ side, colour }: { readonly side: "low" | "high"; readonly colour: string }) {
  const points =
    side === "low" ? `0,0 0,${barHeight} ${-arrow},${barHeight / 2}` : `0,0 0,${barHeight} ${arrow},${barHeight / 2}`;
  return (
    <svg x={side === "low" ? 0 : "100%"} overflow="visible" aria-hidden>
      <polygon points={points} fill={colour} stroke="var(--ink-quiet)" strokeWidth={0.75} />
    </svg>
  );
}

/** Labels closer than a twelfth of the bar would touch. */
function thinned(values: readonly number[], at: (value: number) => number): number[] {
  const kept: number[] = [];
  for (const value of values) {
    if (kept.length === 0 || at(value) - at(kept.at(-1)!) > 12) kept.push(value);
  }
  return kept;
}

function legendText({ range, metric, ghost }: Figure): string {
  if (ghost) return `Colours: ${metricNames[metric]}, nothing measured yet`;
  const clip = range.clipsHigh || range.clipsLow ? ", values beyond are clipped" : "";
  return `Colours: ${metricNames[metric]} from ${formatValue(range.low)} to ${formatValue(range.high)}${clip}`;
}

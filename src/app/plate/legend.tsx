/** Colour bar with ticks and unit, marks where values are clipped, and keys for everything else that is drawn. */
import { useId } from "react";
import { useStore } from "zustand";
import { useSession } from "../context/session.ts";
import type { ColourMapName } from "../figure/colour-maps.ts";
import { type ColourScale, colourScale } from "../figure/colour-scale.ts";
import type { Figure } from "../figure/figure.ts";
import { figureStops } from "../figure/figure-colours.ts";
import { pathKey } from "../figure/path-words.ts";
import { modelLimits } from "../figure/quadratic-model.ts";

const barHeight = 10;
const arrow = 9;

export function Legend({ figure }: { readonly figure: Figure }) {
  const { settings } = useSession();
  const colourMap = useStore(settings, (state) => state.current.view.colourMap);
  return <FigureLegend figure={figure} colourMap={colourMap} />;
}

export interface FigureLegendProps {
  readonly figure: Figure;
  readonly colourMap: ColourMapName;
}

export function FigureLegend({ figure, colourMap }: FigureLegendProps) {
  const gradient = useId();
  const stops = figureStops(figure, colourMap);
  const scale = colourScale(figure);
  return (
    <div className="legend">
      <p className="legend-name">
        <strong>{scale.name}</strong>, {scale.unit}
      </p>
      <svg width="100%" height={barHeight + 18} role="img" aria-label={scale.text}>
        <defs>
          <linearGradient id={gradient}>
            {stops.map((colour, index) => (
              <stop key={colour} offset={index / (stops.length - 1)} stopColor={colour} />
            ))}
          </linearGradient>
        </defs>
        <rect width="100%" height={barHeight} fill={`url(#${gradient})`} opacity={figure.ghost ? 0.25 : 1} />
        {scale.clipsLow && <ClipMark side="low" colour={stops[0]} />}
        {scale.clipsHigh && <ClipMark side="high" colour={stops.at(-1)!} />}
        {thinned(scale.ticks).map(({ place, text }) => (
          <g key={text}>
            <line
              x1={`${place * 100}%`}
              x2={`${place * 100}%`}
              y1={barHeight}
              y2={barHeight + 4}
              stroke="var(--ink-quiet)"
            />
            <text x={`${place * 100}%`} y={barHeight + 15} textAnchor="middle" fill="var(--ink-soft)" fontSize="11">
              {text}
            </text>
          </g>
        ))}
      </svg>
      <ul className="legend-keys">
        <LegendKeys figure={figure} />
      </ul>
    </div>
  );
}

function LegendKeys({ figure: { grid, range, display, layer, model, path } }: { readonly figure: Figure }) {
  const isWhole = grid.measuredCount === grid.size && (!layer || layer.measuredCount === layer.columns * layer.rows);
  const limits = model && modelLimits(model, range, grid.alpha, grid.beta);
  return (
    <>
      {!isWhole && (
        <li>
          <span className="swatch swatch-unmeasured" /> not measured
        </li>
      )}
      {(range.clipsLow || range.clipsHigh) && (
        <li>
          <span className="swatch swatch-clipped" /> clipped
        </li>
      )}
      {display.nonFiniteCount + (layer?.nonFiniteCount ?? 0) > 0 && (
        <li>
          <span className="swatch swatch-void" /> not finite
        </li>
      )}
      {limits && (
        <li>
          <span className="swatch swatch-model" /> quadratic model
          {limits.leavesScale ? ", none where ≤ 0" : limits.leavesRange ? ", clipped at the axis" : ""}
        </li>
      )}
      {path && (
        <li>
          <span className="swatch swatch-path" /> {pathKey}
        </li>
      )}
    </>
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
function thinned(ticks: ColourScale["ticks"]): ColourScale["ticks"] {
  const kept: ColourScale["ticks"][number][] = [];
  for (const tick of ticks) {
    if (kept.length === 0 || tick.place - kept.at(-1)!.place > 0.12) kept.push(tick);
  }
  return kept;
}

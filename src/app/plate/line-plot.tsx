/** A 1-D slice: value against α with a band of one standard error, as an SVG that exports as it is. */
import { useElementSize } from "@mantine/hooks";
import { type PointerEvent, useId, useMemo } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { modelAt } from "../../experiment/quadratic-model.ts";
import { useLandscape } from "../context/landscape.ts";
import { modelLine } from "../drawing/model-line.ts";
import { nearestOnLine, placesOnLine } from "../drawing/path-on-line.ts";
import { exampleCount } from "../figure/describe.ts";
import type { Figure } from "../figure/figure.ts";
import { errorAt, metricAt, metricNames, metricUnit } from "../figure/metric.ts";
import { linearTicks, rangeTicks } from "../figure/ticks.ts";
import { toScale } from "../figure/value-scale.ts";
import { formatTick } from "../kit/format.ts";
import { PathSvg } from "./path-svg.tsx";

const margin = { left: 62, right: 14, top: 14, bottom: 44 };

export function LinePlot({ figure, describedBy }: { readonly figure: Figure; readonly describedBy: string }) {
  const { figure: figureStore, surface, replay } = useLandscape();
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const clipId = useId();
  const cursor = useStore(figureStore, (state) => state.cursor);
  const { source, settings, report } = useStore(
    surface,
    useShallow((state) => ({ source: state.source, settings: state.settings, report: state.report })),
  );
  const { grid, metric, range } = figure;
  const examples = source && settings ? exampleCount(source.spec, settings, report) : null;
  const inner = {
    width: Math.max(1, width - margin.left - margin.right),
    height: Math.max(1, height - margin.top - margin.bottom),
  };
  const low = grid.alpha[0];
  const high = grid.alpha[grid.columns - 1];
  const x = (alpha: number) => margin.left + ((alpha - low) / (high - low)) * inner.width;
  const y = (value: number) => {
    const t = (toScale(value, range.kind) - range.scaledLow) / (range.scaledHigh - range.scaledLow);
    return margin.top + (1 - Math.min(Math.max(t, -0.05), 1.05)) * inner.height;
  };
  const cells = Array.from(grid.measured.keys()).filter(
    (cell) => grid.measured[cell] && Number.isFinite(metricAt(grid, metric, cell)),
  );
  const lost = Array.from(grid.measured.keys()).filter(
    (cell) => grid.measured[cell] && !Number.isFinite(metricAt(grid, metric, cell)),
  );
  const line = cells
    .map(
      (cell, index) =>
        `${index ? "L" : "M"}${x(grid.alpha[cell]).toFixed(1)} ${y(metricAt(grid, metric, cell)).toFixed(1)}`,
    )
    .join("");
  const bandCells = cells.filter((cell) => Number.isFinite(errorAt(grid, metric, cell, examples)));
  const edge = (cell: number, sign: number) =>
    `${x(grid.alpha[cell]).toFixed(1)} ${y(metricAt(grid, metric, cell) + sign * errorAt(grid, metric, cell, examples)).toFixed(1)}`;
  const band =
    bandCells.length > 1
      ? `M${bandCells.map((cell) => edge(cell, 1)).join("L")}L${bandCells
          .toReversed()
          .map((cell) => edge(cell, -1))
          .join("L")}Z`
      : "";
  const pathPlaces = useMemo(() => (figure.path ? placesOnLine(figure, figure.path) : []), [figure]);
  const onMove = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const t = (event.clientX - box.left - margin.left) / inner.width;
    const point = nearestOnLine(
      pathPlaces,
      event.clientX - box.left - margin.left,
      event.clientY - box.top - margin.top,
      inner,
    );
    replay.getState().hover(point);
    figureStore
      .getState()
      .setCursor({ column: Math.min(grid.columns - 1, Math.max(0, Math.round(t * (grid.columns - 1)))), row: 0 });
  };
  return (
    <div className="line-figure" ref={ref}>
      <svg
        role="img"
        aria-label={`${metricNames[metric]} along α`}
        aria-describedby={describedBy}
        onPointerMove={onMove}
        onPointerLeave={() => {
          replay.getState().hover(null);
          figureStore.getState().setCursor(null);
        }}
      >
        {rangeTicks(range, 7).map((value) => (
          <g key={value}>
            <line
              x1={margin.left}
              x2={margin.left + inner.width}
              y1={y(value)}
              y2={y(value)}
              stroke="var(--hairline)"
            />
            <text x={margin.left - 8} y={y(value) + 4} textAnchor="end" className="plot-tick">
              {formatTick(value)}
            </text>
          </g>
        ))}
        {linearTicks(low, high, 8).map((alpha) => (
          <g key={alpha}>
            <line x1={x(alpha)} x2={x(alpha)} y1={margin.top} y2={margin.top + inner.height} stroke="var(--hairline)" />
            <text x={x(alpha)} y={margin.top + inner.height + 18} textAnchor="middle" className="plot-tick">
              {formatTick(alpha)}
            </text>
          </g>
        ))}
        <rect x={margin.left} y={margin.top} width={inner.width} height={inner.height} className="plot-frame" />
        <text
          x={margin.left + inner.width / 2}
          y={margin.top + inner.height + 38}
          textAnchor="middle"
          className="plot-symbol"
        >
          α
        </text>
        <text
          transform={`translate(14 ${margin.top + inner.height / 2}) rotate(-90)`}
          textAnchor="middle"
          className="plot-tick"
        >
          {metricNames[metric]}, {metricUnit(metric, figure.lossName)}
        </text>
        <clipPath id={clipId}>
          <rect x={margin.left} y={margin.top} width={inner.width} height={inner.height} />
        </clipPath>
        <path d={band} className="plot-band" clipPath={`url(#${clipId})`} />
        <path d={line} className="plot-line" clipPath={`url(#${clipId})`} />
        {figure.model && (
          <path d={modelLine(figure, figure.model, x, y)} className="plot-model" clipPath={`url(#${clipId})`} />
        )}
        {figure.model && (
          <text x={margin.left + inner.width - 10} y={margin.top + 38} textAnchor="end" className="plot-tick">
            dashed: quadratic model
          </text>
        )}
        {band && (
          <text x={margin.left + inner.width - 10} y={margin.top + 20} textAnchor="end" className="plot-tick">
            band: one standard error over the examples
          </text>
        )}
        {cells.map((cell) => (
          <circle
            key={cell}
            cx={x(grid.alpha[cell])}
            cy={y(metricAt(grid, metric, cell))}
            r={cells.length > 80 ? 1.4 : 2.4}
            className="plot-point"
          />
        ))}
        {lost.map((cell) => (
          <text key={cell} x={x(grid.alpha[cell])} y={margin.top + 12} textAnchor="middle" className="plot-tick">
            ×
          </text>
        ))}
        {low <= 0 && high >= 0 && (
          <line x1={x(0)} x2={x(0)} y1={margin.top} y2={margin.top + inner.height} className="plot-centre" />
        )}
        {figure.path && (
          <text
            x={margin.left + inner.width - 10}
            y={margin.top + 20 + (band ? 18 : 0) + (figure.model ? 18 : 0)}
            textAnchor="end"
            className="plot-tick path-key"
          >
            in colour: the training’s path, each point at its own value
          </text>
        )}
        {figure.path && !figure.ghost && (
          <g transform={`translate(${margin.left} ${margin.top})`}>
            <PathSvg path={figure.path} places={pathPlaces} width={inner.width} height={inner.height} replay={replay} />
          </g>
        )}
        {cursor && figure.model && (
          <circle
            cx={x(grid.alpha[cursor.column])}
            cy={y(modelAt(figure.model, grid.alpha[cursor.column], 0))}
            r={3}
            className="plot-model-point"
            clipPath={`url(#${clipId})`}
          />
        )}
        {cursor && (
          <g className="plot-cursor">
            <line
              x1={x(grid.alpha[cursor.column])}
              x2={x(grid.alpha[cursor.column])}
              y1={margin.top}
              y2={margin.top + inner.height}
            />
            {grid.measured[cursor.column] === 1 && (
              <circle cx={x(grid.alpha[cursor.column])} cy={y(metricAt(grid, metric, cursor.column))} r={4.5} />
            )}
          </g>
        )}
      </svg>
    </div>
  );
}

/** The picture of a pane as a line: the cut through its surface along α where β is 0, on the scale of the figure. */
import { useElementSize } from "@mantine/hooks";
import type { PointerEvent } from "react";
import { useStore } from "zustand";
import { linearAxis, logAxis, pathOf } from "../chart/axis.ts";
import { type Frame, horizontal, PlotPanel, vertical } from "../chart/plot-panel.tsx";
import { useCompare } from "../context/compare.ts";
import type { Figure } from "../figure/figure.ts";
import { metricNames } from "../figure/metric.ts";
import { profileOf } from "../figure/profile.ts";
import { fromScale } from "../figure/value-scale.ts";

const margin = { left: 54, right: 14, top: 10, bottom: 40 };

export interface LinePaneProps {
  readonly title: string;
  readonly colour: string;
  readonly figure: Figure;
  readonly describedBy: string;
}

export function LinePane({ title, colour, figure, describedBy }: LinePaneProps) {
  const compare = useCompare();
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const cursor = useStore(compare.figures, (state) => state.cursor);
  const { grid, metric, range } = figure;
  const { values, row } = profileOf(grid, metric);
  const frame: Frame = {
    left: margin.left,
    top: margin.top,
    width: Math.max(1, width - margin.left - margin.right),
    height: Math.max(1, height - margin.top - margin.bottom),
  };
  const x = linearAxis(grid.alpha[0], grid.alpha[grid.columns - 1], horizontal(frame), 5);
  const axis = range.kind === "log" ? logAxis : linearAxis;
  // A little room, so that the ends of the range do not lie on the frame.
  const room = (range.scaledHigh - range.scaledLow) * 0.04;
  const limit = (scaled: number) => fromScale(scaled, range.kind);
  const y = axis(limit(range.scaledLow - room), limit(range.scaledHigh + room), vertical(frame), 5);
  const onMove = (event: PointerEvent<SVGSVGElement>) => {
    if (figure.ghost) return;
    const t = (event.clientX - event.currentTarget.getBoundingClientRect().left - frame.left) / frame.width;
    const column = Math.min(grid.columns - 1, Math.max(0, Math.round(t * (grid.columns - 1))));
    compare.figures.getState().setCursor({ column, row });
  };
  const cursorAlpha = cursor ? grid.alpha[cursor.column] : null;
  return (
    <div className="pane-picture pane-line" ref={ref}>
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={`${title}: ${metricNames[metric].toLowerCase()} along α`}
          aria-describedby={describedBy}
          onPointerMove={onMove}
          onPointerLeave={() => compare.figures.getState().setCursor(null)}
        >
          <PlotPanel frame={frame} x={x} y={y} xLabel="α, at β = 0">
            <path
              d={pathOf(values.map((value, column) => [x.place(grid.alpha[column]), y.place(value)]))}
              fill="none"
              stroke={colour}
              strokeWidth={2}
              strokeLinejoin="round"
            />
            {cursorAlpha !== null && cursor && (
              <g className="plot-cursor">
                <line
                  x1={x.place(cursorAlpha)}
                  x2={x.place(cursorAlpha)}
                  y1={frame.top}
                  y2={frame.top + frame.height}
                />
                {Number.isFinite(values[cursor.column]) && (
                  <circle cx={x.place(cursorAlpha)} cy={y.place(values[cursor.column])} r={4} />
                )}
              </g>
            )}
          </PlotPanel>
        </svg>
      )}
    </div>
  );
}

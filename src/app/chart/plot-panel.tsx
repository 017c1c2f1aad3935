/** One panel of a figure: frame, grid, ticks and labels; what is drawn in it is clipped to the frame. */
import { type ReactNode, useId } from "react";
import { formatTick } from "../kit/format.ts";
import type { Axis, Extent } from "./axis.ts";

/** The rectangle that a plot fills, in pixels of the figure. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const horizontal = ({ left, width }: Frame): Extent => ({ from: left, to: left + width });
export const vertical = ({ top, height }: Frame): Extent => ({ from: top + height, to: top });

export interface PlotPanelProps {
  readonly frame: Frame;
  readonly x: Axis;
  readonly y: Axis;
  /** Above the frame. */
  readonly title?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly formatX?: (value: number) => string;
  readonly formatY?: (value: number) => string;
  /** Beside or beyond the frame. */
  readonly outside?: ReactNode;
  readonly children: ReactNode;
}

export function PlotPanel({
  frame,
  x,
  y,
  title,
  xLabel,
  yLabel,
  formatX = formatTick,
  formatY = formatTick,
  outside,
  children,
}: PlotPanelProps) {
  const clip = useId();
  const { left, top, width, height } = frame;
  return (
    <g>
      {y.ticks.map((value) => (
        <g key={value}>
          <line x1={left} x2={left + width} y1={y.place(value)} y2={y.place(value)} className="plot-grid" />
          <text x={left - 7} y={y.place(value) + 4} textAnchor="end" className="plot-tick">
            {formatY(value)}
          </text>
        </g>
      ))}
      {x.ticks.map((value) => (
        <g key={value}>
          <line x1={x.place(value)} x2={x.place(value)} y1={top} y2={top + height} className="plot-grid" />
          <text x={x.place(value)} y={top + height + 17} textAnchor="middle" className="plot-tick">
            {formatX(value)}
          </text>
        </g>
      ))}
      <clipPath id={clip}>
        <rect {...box(frame)} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>{children}</g>
      <rect {...box(frame)} className="plot-frame" />
      {title && (
        <text x={left} y={top - 9} className="plot-title">
          {title}
        </text>
      )}
      {xLabel && (
        <text x={left + width / 2} y={top + height + 36} textAnchor="middle" className="plot-label">
          {xLabel}
        </text>
      )}
      {yLabel && (
        <text
          transform={`translate(${left - 46} ${top + height / 2}) rotate(-90)`}
          textAnchor="middle"
          className="plot-label"
        >
          {yLabel}
        </text>
      )}
      {outside}
    </g>
  );
}

const box = ({ left, top, width, height }: Frame) => ({
  x: left,
  y: top,
  width: Math.max(1, width),
  height: Math.max(1, height),
});

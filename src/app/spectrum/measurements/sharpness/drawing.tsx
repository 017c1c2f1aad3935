import type { SharpnessEstimate } from "../../../../experiment/sharpness.ts";
import { extentOf, linearAxis } from "../../../chart/axis.ts";
import { type Frame, horizontal, PlotPanel } from "../../../chart/plot-panel.tsx";
import { kindNames } from "../../../stores/measurements/sharpness.ts";
import { estimateWords } from "./words.ts";

const rowHeight = 46;
const margin = { left: 14, right: 22, top: 8, bottom: 46 };

interface SharpnessDrawingProps {
  readonly width: number;
  readonly estimates: readonly SharpnessEstimate[];
}

/** A row for each measure: its name and its estimate in words, and below them the bar. */
export function SharpnessDrawing({ width, estimates }: SharpnessDrawingProps) {
  const frame: Frame = {
    left: margin.left,
    top: margin.top,
    width: width - margin.left - margin.right,
    height: rowHeight * estimates.length,
  };
  const reach = estimates.flatMap(({ value, standardError }) => [
    value - (standardError || 0),
    value + (standardError || 0),
  ]);
  const { low, high } = extentOf([0, ...reach]) ?? { low: 0, high: 1 };
  const room = (high - low || 1) * 0.06;
  const x = linearAxis(low < 0 ? low - room : 0, high + room, horizontal(frame), width < 480 ? 3 : 6);
  const top = (row: number) => frame.top + row * rowHeight;
  const y = { low: 0, high: estimates.length, ticks: [], place: top };
  return (
    <svg
      width={width}
      height={frame.top + frame.height + margin.bottom}
      role="img"
      aria-label="Rise of the loss by measure"
    >
      <PlotPanel frame={frame} x={x} y={y} xLabel="rise of the loss">
        {estimates.map((estimate, row) => (
          <g key={estimate.kind}>
            <text x={frame.left + 8} y={top(row) + 17} className="plot-tick">
              {`${kindNames[estimate.kind]}: ${estimateWords(estimate)}`}
            </text>
            <Bar estimate={estimate} place={x.place} middle={top(row) + 32} />
          </g>
        ))}
        {low < 0 && (
          <line x1={x.place(0)} x2={x.place(0)} y1={frame.top} y2={frame.top + frame.height} className="plot-zero" />
        )}
      </PlotPanel>
    </svg>
  );
}

interface BarProps {
  readonly estimate: SharpnessEstimate;
  readonly place: (value: number) => number;
  readonly middle: number;
}

function Bar({ estimate: { value, standardError }, place, middle }: BarProps) {
  if (!Number.isFinite(value)) return null;
  const [zero, end] = [place(0), place(value)];
  const error = standardError || 0;
  const [from, to] = [place(value - error).toFixed(1), place(value + error).toFixed(1)];
  return (
    <>
      <rect
        x={Math.min(zero, end)}
        y={middle - 6}
        width={Math.max(0.5, Math.abs(end - zero))}
        height={12}
        className="plot-bar"
      />
      {error > 0 && (
        <path d={`M${from} ${middle}H${to}M${from} ${middle - 4}v8M${to} ${middle - 4}v8`} className="plot-whisker" />
      )}
    </>
  );
}

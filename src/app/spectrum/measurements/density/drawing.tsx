import { onAxis } from "../../../../curvature/estimators/density.ts";
import { type Axis, bandOf, extentOf, linearAxis, logAxis, pathOf } from "../../../chart/axis.ts";
import { type Frame, horizontal, PlotPanel, vertical } from "../../../chart/plot-panel.tsx";
import { logTicks } from "../../../figure/ticks.ts";
import { formatTick } from "../../../kit/format.ts";
import type { DensityCurve, DensityGround } from "./density-curve.ts";

const margin = { left: 66, right: 16, top: 14, bottom: 48 };
const plotHeight = 280;
/** Heights below this share of the highest are not shown on a logarithmic scale. */
const deepest = 1e-8;

interface DrawingProps {
  readonly width: number;
  readonly curve: DensityCurve;
  readonly ground: DensityGround;
  readonly isLog: boolean;
  readonly eigenvalues: readonly number[];
}

export function DensityDrawing({ width, curve, ground, isLog, eigenvalues }: DrawingProps) {
  const frame: Frame = {
    left: margin.left,
    top: margin.top,
    width: width - margin.left - margin.right,
    height: plotHeight,
  };
  const { grid, mean, standardError } = curve;
  const isLinear = ground.axis === "linear";
  const [low, high] = [grid[0], grid[grid.length - 1]];
  const tickCount = Math.max(3, Math.round(width / 110));
  const linear = linearAxis(low, high, horizontal(frame), tickCount);
  const x = isLinear ? linear : { ...linear, ticks: logTicks(10 ** low, 10 ** high, tickCount).map(Math.log10) };
  const y = heightAxis(curve, isLog, frame);
  const places = Array.from(grid, x.place);
  const at = (sign: number) =>
    Array.from(mean, (value, i) => y.place(Math.max(0, value + sign * (standardError[i] || 0))));
  const line = pathOf(places.map((place, i) => [place, y.place(mean[i])]));
  const bottom = frame.top + frame.height;
  return (
    <svg width={width} height={bottom + margin.bottom} role="img" aria-label="Spectral density">
      <PlotPanel
        frame={frame}
        x={x}
        y={y}
        xLabel={isLinear ? "λ" : "|λ|"}
        yLabel={isLinear ? "density of λ" : "density of log₁₀|λ|"}
        formatX={isLinear ? formatTick : (power) => formatTick(Number((10 ** power).toPrecision(6)))}
        outside={
          eigenvalues.length > 0 && (
            <text x={frame.left + frame.width - 8} y={frame.top + 18} textAnchor="end" className="plot-note">
              marks: eigenvalues found
            </text>
          )
        }
      >
        <path d={bandOf(places, at(1), at(-1))} className="plot-band" />
        <path d={`${line}L${places.at(-1)} ${bottom}L${places[0]} ${bottom}Z`} className="plot-area" />
        <path d={line} className="plot-line" />
        {isLinear && <line x1={x.place(0)} x2={x.place(0)} y1={frame.top} y2={bottom} className="plot-zero" />}
        {eigenvalues.map((value) => (
          <line
            key={value}
            x1={x.place(onAxis(ground.axis, value))}
            x2={x.place(onAxis(ground.axis, value))}
            y1={bottom - 14}
            y2={bottom}
            className="plot-rug"
          />
        ))}
      </PlotPanel>
    </svg>
  );
}

function heightAxis({ mean }: DensityCurve, isLog: boolean, frame: Frame): Axis {
  const most = extentOf(mean)?.high ?? 1;
  if (!isLog) return linearAxis(0, most * 1.06, vertical(frame), 5);
  return logAxis(most * deepest, most * 2.5, vertical(frame), 6);
}

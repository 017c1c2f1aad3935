/** The spectral density, redrawn from stored quadratures while its sliders move. */
import { SegmentedControl, Slider } from "@mantine/core";
import { useDeferredValue, useId, useMemo } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { onAxis } from "../../../curvature/estimators/density.ts";
import { useStores } from "../../app-stores.ts";
import { formatCount, formatTick, formatValue } from "../../figure/format.ts";
import { logTicks } from "../../figure/ticks.ts";
import type { DataTable } from "../data-table.ts";
import { type DensityCurve, type DensityGround, densityCurve, densityGround } from "../density-curve.ts";
import { FigurePlate } from "../figure-plate.tsx";
import { CancelButton } from "../plate-action.tsx";
import { type Axis, bandOf, extentOf, linearAxis, logAxis, pathOf } from "../plot/axis.ts";
import { type Frame, horizontal, PlotPanel, vertical } from "../plot/plot-panel.tsx";
import { curvatureCaption, subjectOf } from "../words.ts";

export const logSigmaRange = { min: -3, max: -0.8, step: 0.02 } as const;

export function DensityFigure() {
  const { measurements, spectrum, spectrumView } = useStores();
  const { parts, source, settings, started, result } = useStore(
    measurements.density,
    useShallow(({ parts, source, settings, started, result }) => ({ parts, source, settings, started, result })),
  );
  const { densityAxis: axis, logSigma, densityHeight } = useStore(spectrumView);
  const solved = useStore(spectrum, (state) => state.result);
  const solvedAt = useStore(spectrum, (state) => state.source);
  const runs = result?.runs ?? parts;
  const ground = useMemo(() => densityGround(runs, axis), [runs, axis]);
  const width = useDeferredValue(logSigma);
  const curve = useMemo(() => (ground ? densityCurve(runs, ground, width) : null), [runs, ground, width]);
  const request = settings?.request ?? result?.report.request;
  if (!source || !request || !ground || !curve) return null;
  const steps = settings?.steps ?? Math.max(...runs.map(({ nodes }) => nodes.length));
  const probes = settings?.probes ?? runs.length;
  const isSame =
    solved && solvedAt?.weights === source.weights && JSON.stringify(solved.report.request) === JSON.stringify(request);
  const variable = axis === "linear" ? "λ" : "log₁₀|λ|";
  const caption = curvatureCaption("Spectral density", subjectOf(source, request, result?.report ?? started), [
    `Stochastic Lanczos quadrature: ${
      runs.length < probes ? `${runs.length} of ${probes}` : runs.length
    } Rademacher probes of ${formatCount(steps)} steps (k = ${formatCount(steps)}, no tolerance), seed ${request.seed}.`,
    `Density of ${variable}, Gaussians of σ = ${formatValue(curve.sigma, 3)}; band: one standard error over the probes.`,
    isSame ? `Marks below: the ${solved.eigenvalues.length} eigenvalues found.` : "",
  ]);
  const eigenvalues = isSame ? Array.from(solved.eigenvalues) : [];
  const peak = curve.mean.indexOf(Math.max(...curve.mean));
  const summary = `Density from ${runs.length} probes. Highest at ${variable} = ${formatValue(curve.grid[peak], 3)}; nodes from ${formatValue(ground.nodes.min, 3)} to ${formatValue(ground.nodes.max, 3)}.`;
  return (
    <FigurePlate
      title="Density"
      name="density"
      controls={
        <>
          <DensityControls sigma={curve.sigma} />
          <CancelButton id="density" />
        </>
      }
      caption={caption}
      summary={summary}
      table={() => densityTable(curve, axis === "linear")}
    >
      {(drawingWidth) => (
        <Drawing
          width={drawingWidth}
          curve={curve}
          ground={ground}
          isLog={densityHeight === "log"}
          eigenvalues={eigenvalues}
        />
      )}
    </FigurePlate>
  );
}

function DensityControls({ sigma }: { readonly sigma: number }) {
  const { spectrumView } = useStores();
  const { densityAxis, densityHeight, logSigma, set } = useStore(spectrumView);
  const id = useId();
  return (
    <div className="density-controls">
      <span className="density-sigma">
        <span id={id}>
          <i className="symbol">σ</i> {formatValue(sigma, 2)}
        </span>
        <Slider
          aria-labelledby={id}
          thumbProps={{ "aria-label": "Width σ of the density" }}
          value={logSigma}
          {...logSigmaRange}
          label={null}
          onChange={(next) => set({ logSigma: next })}
        />
      </span>
      <SegmentedControl
        aria-label="Axis of λ"
        value={densityAxis}
        data={[
          { value: "linear", label: "λ" },
          { value: "logAbs", label: "log |λ|" },
        ]}
        onChange={(next) => set({ densityAxis: next === "logAbs" ? "logAbs" : "linear" })}
      />
      <SegmentedControl
        aria-label="Scale of the density"
        value={densityHeight}
        data={[
          { value: "log", label: "log height" },
          { value: "linear", label: "linear" },
        ]}
        onChange={(next) => set({ densityHeight: next === "log" ? "log" : "linear" })}
      />
    </div>
  );
}

function densityTable({ grid, mean, standardError }: DensityCurve, isLinear: boolean): DataTable {
  return {
    columns: [
      isLinear ? { key: "lambda", title: "λ" } : { key: "log10_abs_lambda", title: "log₁₀|λ|" },
      { key: "density", title: "Density" },
      { key: "standard_error", title: "Standard error" },
    ],
    rows: Array.from(grid, (place, i) => [place, mean[i], standardError[i]]),
  };
}

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

function Drawing({ width, curve, ground, isLog, eigenvalues }: DrawingProps) {
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

/** Ritz values and their residuals against products, while a solve goes on and after it. */
import { useMemo } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { Spectrum } from "../../../../experiment/curvature.ts";
import { decades, linearAxis, logAxis, padded, pathOf } from "../../../chart/axis.ts";
import { FigurePlate } from "../../../chart/figure-plate.tsx";
import { type Frame, horizontal, PlotPanel, vertical } from "../../../chart/plot-panel.tsx";
import { ToleranceKey } from "../../../chart/tolerance-key.tsx";
import { useSpectrum } from "../../../context/spectrum.ts";
import { pairName } from "../../../figure/pair-name.ts";
import { countWords } from "../../../kit/format.ts";
import { CancelButton } from "../../plate-action.tsx";
import { curvatureCaption, solveWords, subjectOf } from "../../words.ts";
import { convergenceSeries, convergenceTable, type PairSeries } from "./convergence-series.ts";

export function ConvergenceFigure() {
  const { spectrum } = useSpectrum().measurements;
  const { steps, source, settings, started, result } = useStore(
    spectrum,
    useShallow(({ parts: steps, source, settings, started, result }) => ({ steps, source, settings, started, result })),
  );
  const asked = settings ?? (result && askedOf(result));
  const top = asked?.top ?? 0;
  const series = useMemo(() => convergenceSeries(steps, top), [steps, top]);
  const last = steps.at(-1);
  if (!source || !asked || !last) return null;
  const { bottom, tolerance, request } = asked;
  const subject = subjectOf(source, request, result?.report ?? started);
  const caption = curvatureCaption("Convergence of the eigenvalues", subject, [
    solveWords(top, bottom, tolerance),
    `${countWords(last.products, "product")}; residuals here are the solver's estimates.`,
  ]);
  const summary = `${last.converged} of ${top + bottom} pairs converged after ${countWords(last.products, "product")}.`;
  return (
    <FigurePlate
      title="Convergence"
      name="convergence"
      controls={<CancelButton id="spectrum" />}
      caption={caption}
      summary={summary}
      table={() => convergenceTable(steps, top)}
    >
      {(width) => <Drawing width={width} series={series} tolerance={tolerance} lastProduct={last.products} />}
    </FigurePlate>
  );
}

/** What a spectrum that was kept had been asked for, as far as it tells. */
const askedOf = ({ top, vectors, tolerance, report }: Spectrum) => ({
  top,
  bottom: vectors.length - top,
  tolerance,
  request: report.request,
});

interface DrawingProps {
  readonly width: number;
  readonly series: readonly PairSeries[];
  readonly tolerance: number;
  readonly lastProduct: number;
}

const panelHeight = 220;
const margin = { left: 62, right: 34, top: 30, bottom: 48 };

function Drawing({ width, series, tolerance, lastProduct }: DrawingProps) {
  const isWide = width >= 720;
  const panelWidth = isWide ? width / 2 : width;
  const frameAt = (column: number): Frame => ({
    left: margin.left + (isWide ? column * panelWidth : 0),
    top: margin.top + (isWide ? 0 : column * (panelHeight + margin.top + margin.bottom)),
    width: panelWidth - margin.left - margin.right,
    height: panelHeight,
  });
  const height = (margin.top + panelHeight + margin.bottom) * (isWide ? 1 : 2);
  return (
    <svg width={width} height={height} role="img" aria-label="Ritz values and residuals against products">
      <ValuesPanel frame={frameAt(0)} series={series} tolerance={tolerance} lastProduct={lastProduct} />
      <ResidualsPanel frame={frameAt(1)} series={series} tolerance={tolerance} lastProduct={lastProduct} />
    </svg>
  );
}

interface PanelProps extends Omit<DrawingProps, "width"> {
  readonly frame: Frame;
}

const lineClass = (number: number) => (number > 0 ? "plot-line-top" : "plot-line-bottom");
/** Outer pairs stand out. */
const opacity = (number: number) => Math.max(0.3, 1 - 0.07 * (Math.abs(number) - 1));
const labelled = (number: number) => Math.abs(number) === 1;

function ValuesPanel({ frame, series, tolerance, lastProduct }: PanelProps) {
  const x = linearAxis(0, Math.max(10, lastProduct), horizontal(frame), 6);
  const { low, high } = padded([0, ...series.flatMap(({ ritzValues }) => ritzValues)]);
  const y = linearAxis(low, high, vertical(frame), 5);
  return (
    <PlotPanel
      frame={frame}
      x={x}
      y={y}
      title="Ritz values"
      xLabel="products"
      outside={<EndLabels frame={frame} series={series} place={({ ritzValues }) => y.place(ritzValues.at(-1) ?? 0)} />}
    >
      <line x1={frame.left} x2={frame.left + frame.width} y1={y.place(0)} y2={y.place(0)} className="plot-zero" />
      {series.map(({ number, products, ritzValues, residuals }) => (
        <g key={number} opacity={opacity(number)}>
          <path
            d={pathOf(products.map((product, i) => [x.place(product), y.place(ritzValues[i])]))}
            className={lineClass(number)}
          />
          <circle
            cx={x.place(products.at(-1)!)}
            cy={y.place(ritzValues.at(-1)!)}
            r={2.4}
            className={residuals.at(-1)! <= tolerance ? "plot-dot" : "plot-dot-open"}
          />
        </g>
      ))}
    </PlotPanel>
  );
}

function ResidualsPanel({ frame, series, tolerance, lastProduct }: PanelProps) {
  const x = linearAxis(0, Math.max(10, lastProduct), horizontal(frame), 6);
  const { low, high } = decades([tolerance / 3, 1, ...series.flatMap(({ residuals }) => residuals)]);
  const y = logAxis(Math.max(low, tolerance * 1e-4), high, vertical(frame), 4);
  return (
    <PlotPanel
      frame={frame}
      x={x}
      y={y}
      title={frame.width < 380 ? "Residuals / |λ|max" : "Residuals ‖Av − λv‖ / |λ|max"}
      xLabel="products"
      outside={<ToleranceKey frame={frame} tolerance={tolerance} />}
    >
      <line
        x1={frame.left}
        x2={frame.left + frame.width}
        y1={y.place(tolerance)}
        y2={y.place(tolerance)}
        className="plot-goal"
      />
      {series.map(({ number, products, residuals }) => (
        <path
          key={number}
          d={pathOf(products.map((product, i) => [x.place(product), y.place(residuals[i])]))}
          className={lineClass(number)}
          opacity={opacity(number)}
        />
      ))}
    </PlotPanel>
  );
}

interface EndLabelsProps {
  readonly frame: Frame;
  readonly series: readonly PairSeries[];
  readonly place: (series: PairSeries) => number;
}

/** The names of the outermost pairs at the ends of their lines. */
function EndLabels({ frame, series, place }: EndLabelsProps) {
  return series
    .filter(({ number }) => labelled(number))
    .map((pair) => (
      <text key={pair.number} x={frame.left + frame.width + 5} y={place(pair) + 4} className="plot-symbol-small">
        {pairName(pair.number)}
      </text>
    ));
}

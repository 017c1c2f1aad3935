/** The trace as its probes come in: the mean so far, with its standard error. */
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { bandOf, linearAxis, padded, pathOf } from "../../../chart/axis.ts";
import type { DataTable } from "../../../chart/data-table.ts";
import { FigurePlate } from "../../../chart/figure-plate.tsx";
import { type Frame, horizontal, PlotPanel, vertical } from "../../../chart/plot-panel.tsx";
import { useSpectrum } from "../../../context/spectrum.ts";
import { formatCount } from "../../../kit/format.ts";
import { CancelButton } from "../../plate-action.tsx";
import { curvatureCaption, formatMean, subjectOf } from "../../words.ts";
import { runningMeans } from "./running-mean.ts";

export function TraceFigure() {
  const { measurements } = useSpectrum();
  const { parts, source, settings, started, result } = useStore(
    measurements.trace,
    useShallow(({ parts, source, settings, started, result }) => ({ parts, source, settings, started, result })),
  );
  if (!source || !settings || parts.length === 0) return null;
  const last = runningMeans(parts)[parts.length - 1];
  const caption = curvatureCaption("Trace", subjectOf(source, settings.request, result?.report ?? started), [
    `Hutchinson's estimate from ${formatCount(parts.length)} Rademacher probes (k = ${parts.length} products, no tolerance), seed ${settings.request.seed}.`,
    "Dots: vᵀAv of each probe. Line and band: their mean so far and its standard error.",
  ]);
  return (
    <FigurePlate
      title="Trace"
      name="trace"
      controls={<CancelButton id="trace" />}
      caption={caption}
      summary={`Trace ${formatMean(last)} from ${parts.length} probes.`}
      table={() => traceTable(parts)}
    >
      {(width) => <Drawing width={width} values={parts} />}
    </FigurePlate>
  );
}

function traceTable(values: readonly number[]): DataTable {
  const means = runningMeans(values);
  return {
    columns: [
      { key: "probe", title: "Probe" },
      { key: "value", title: "vᵀAv" },
      { key: "mean", title: "Mean so far" },
      { key: "standard_error", title: "Standard error" },
    ],
    rows: values.map((value, i) => [i + 1, value, means[i].mean, means[i].standardError]),
  };
}

const margin = { left: 66, right: 16, top: 14, bottom: 48 };
const plotHeight = 170;

function Drawing({ width, values }: { readonly width: number; readonly values: readonly number[] }) {
  const frame: Frame = {
    left: margin.left,
    top: margin.top,
    width: width - margin.left - margin.right,
    height: plotHeight,
  };
  const means = runningMeans(values);
  const x = linearAxis(0.5, Math.max(10, values.length) + 0.5, horizontal(frame), 8);
  const { low, high } = padded(values);
  const y = linearAxis(low, high, vertical(frame), 4);
  const settled = means.map((mean, i) => ({ ...mean, x: x.place(i + 1) })).slice(1);
  const edge = (sign: number) => settled.map(({ mean, standardError }) => y.place(mean + sign * standardError));
  return (
    <svg width={width} height={frame.top + frame.height + margin.bottom} role="img" aria-label="Trace by probes">
      <PlotPanel frame={frame} x={x} y={y} xLabel="probes" yLabel="vᵀAv">
        <path
          d={bandOf(
            settled.map((point) => point.x),
            edge(1),
            edge(-1),
          )}
          className="plot-band"
        />
        {values.map((value, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a probe is its number
          <circle key={i} cx={x.place(i + 1)} cy={y.place(value)} r={2} className="plot-draw" />
        ))}
        <path d={pathOf(means.map(({ mean }, i) => [x.place(i + 1), y.place(mean)]))} className="plot-line" />
      </PlotPanel>
    </svg>
  );
}

/** Stems of the eigenvalues with their residuals as bars; below, the residuals against the tolerance. */
import { useStore } from "zustand";
import type { Spectrum } from "../../../../experiment/curvature.ts";
import { type Axis, decades, linearAxis, logAxis, padded } from "../../../chart/axis.ts";
import { type Frame, horizontal, PlotPanel, vertical } from "../../../chart/plot-panel.tsx";
import { ToleranceKey } from "../../../chart/tolerance-key.tsx";
import { useSpectrum } from "../../../context/spectrum.ts";
import { pairName, pairNumber } from "../../../figure/pair-name.ts";
import { formatTick, formatValue } from "../../../kit/format.ts";
import { isEstimated, isWithin } from "../../words.ts";

const margin = { left: 62, right: 16, top: 14, bottom: 46 };
const valuesHeight = 230;
const residualsHeight = 84;
const between = 34;
const mostLabels = 26;

export function EigenvalueDrawing({ width, spectrum }: { readonly width: number; readonly spectrum: Spectrum }) {
  const { spectrumView } = useSpectrum();
  const pair = useStore(spectrumView, (state) => state.pair);
  const { eigenvalues, residuals, top, tolerance, status } = spectrum;
  const count = eigenvalues.length;
  const largest = eigenvalues.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const inner = width - margin.left - margin.right;
  const upper: Frame = { left: margin.left, top: margin.top, width: inner, height: valuesHeight };
  const lower: Frame = {
    left: margin.left,
    top: margin.top + valuesHeight + between,
    width: inner,
    height: residualsHeight,
  };
  const x = pairAxis(count, top, upper, width);
  const { low, high } = padded([
    0,
    ...Array.from(eigenvalues, (value, i) => value + finite(residuals[i])),
    ...Array.from(eigenvalues, (value, i) => value - finite(residuals[i])),
  ]);
  const y = linearAxis(low, high, vertical(upper), 6);
  const relative = Array.from(residuals, (residual) => residual / largest);
  const range = decades([tolerance * 2, ...relative]);
  const z = logAxis(range.low, range.high, vertical(lower), 3);
  const names = (place: number) => formatTick(pairNumber(place, top));
  const stem = (place: number) => (place === pair ? "plot-stem plot-chosen" : "plot-stem");
  const dot = (place: number) =>
    `${isEstimated(status) || !isWithin(relative[place], tolerance) ? "plot-dot-open" : "plot-dot"}${place === pair ? " plot-chosen" : ""}`;
  return (
    <svg
      width={width}
      height={lower.top + lower.height + margin.bottom}
      role="img"
      aria-label="Eigenvalues and their residuals"
    >
      <PlotPanel frame={upper} x={{ ...x, ticks: [] }} y={y} yLabel="λ">
        <line x1={upper.left} x2={upper.left + inner} y1={y.place(0)} y2={y.place(0)} className="plot-zero" />
        {Array.from(eigenvalues, (value, place) => (
          <g key={names(place)} onPointerDown={() => spectrumView.getState().set({ pair: place, layer: null })}>
            <title>{`${pairName(pairNumber(place, top))} = ${formatValue(value)} ± ${formatValue(residuals[place], 2)}`}</title>
            <rect x={x.place(place) - 8} width={16} y={upper.top} height={upper.height} className="plot-catch" />
            <line x1={x.place(place)} x2={x.place(place)} y1={y.place(0)} y2={y.place(value)} className={stem(place)} />
            <Whisker
              x={x.place(place)}
              from={y.place(value - residuals[place])}
              to={y.place(value + residuals[place])}
            />
            <circle cx={x.place(place)} cy={y.place(value)} r={count > 60 ? 2 : 3.4} className={dot(place)} />
          </g>
        ))}
      </PlotPanel>
      <PlotPanel
        frame={lower}
        x={x}
        y={z}
        title={`Residuals / |λ|max${isEstimated(status) ? ", estimates" : ""}`}
        formatX={names}
        outside={
          <>
            <ToleranceKey frame={lower} tolerance={tolerance} />
            <EndNames count={count} top={top} x={x} y={lower.top + lower.height + 36} right={lower.left + inner} />
          </>
        }
      >
        <line
          x1={lower.left}
          x2={lower.left + inner}
          y1={z.place(tolerance)}
          y2={z.place(tolerance)}
          className="plot-goal"
        />
        {relative.map((value, place) => (
          <g key={names(place)}>
            <line
              x1={x.place(place)}
              x2={x.place(place)}
              y1={lower.top + lower.height}
              y2={z.place(value)}
              className={stem(place)}
            />
            <circle cx={x.place(place)} cy={z.place(value)} r={count > 60 ? 1.6 : 2.6} className={dot(place)} />
          </g>
        ))}
      </PlotPanel>
    </svg>
  );
}

const finite = (value: number) => (Number.isFinite(value) ? value : 0);

interface EndNamesProps {
  readonly count: number;
  readonly top: number;
  readonly x: Axis;
  readonly y: number;
  /** Right end of the frame. */
  readonly right: number;
}

/** Half of the longer name. */
const endNameRoom = 42;

/** Under the middle of the pairs from either end. */
function EndNames({ count, top, x, y, right }: EndNamesProps) {
  const ends = [
    { name: "from the top", first: 0, last: top - 1 },
    { name: "from the bottom", first: top, last: count - 1 },
  ];
  return ends
    .filter(({ first, last }) => first <= last)
    .map(({ name, first, last }) => (
      <text
        key={name}
        x={Math.min((x.place(first) + x.place(last)) / 2, right - endNameRoom)}
        y={y}
        textAnchor="middle"
        className="plot-label"
      >
        {name}
      </text>
    ));
}

/** Pairs in order, with a gap between those of either end; labels as many as fit. */
function pairAxis(count: number, top: number, frame: Frame, width: number): Axis {
  const gap = top > 0 && top < count ? 1 : 0;
  const axis = linearAxis(-0.7, count - 0.3 + gap, horizontal(frame), 1);
  const every = Math.max(1, Math.ceil(count / Math.min(mostLabels, width / 30)));
  const places = Array.from({ length: count }, (_, place) => place);
  return {
    ...axis,
    ticks: places.filter((place) => (place < top ? place % every === 0 : (place - top) % every === 0)),
    place: (place) => axis.place(place + (place >= top ? gap : 0)),
  };
}

interface WhiskerProps {
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

/** Nothing where it would be hidden by the dot. */
function Whisker({ x, from, to }: WhiskerProps) {
  if (!(Math.abs(from - to) > 1)) return null;
  return (
    <path
      d={`M${x} ${from.toFixed(1)}V${to.toFixed(1)}M${x - 4} ${from.toFixed(1)}h8M${x - 4} ${to.toFixed(1)}h8`}
      className="plot-whisker"
    />
  );
}

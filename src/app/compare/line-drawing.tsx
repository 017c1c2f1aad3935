/** Loss and accuracy between two models: solid on the training set, dashed on the test set; the barrier is marked. */
import type { Barrier, ModelLine } from "../../experiment/comparison.ts";
import { formatValue } from "../figure/format.ts";
import { linearAxis, padded, pathOf } from "../spectrum/plot/axis.ts";
import { type Frame, horizontal, PlotPanel, vertical } from "../spectrum/plot/plot-panel.tsx";
import { type LineSeries, type PathSeries, splits } from "./line-series.ts";

const margin = { left: 64, right: 18, top: 34, bottom: 46 };
const gap = 74;
const plotHeight = 250;
const narrow = 620;

export interface LineDrawingProps {
  readonly width: number;
  readonly series: LineSeries;
  readonly result: ModelLine | null;
}

export function LineDrawing({ width, series, result }: LineDrawingProps) {
  const isNarrow = width < narrow;
  const panelWidth = isNarrow ? width - margin.left - margin.right : (width - margin.left - margin.right - gap) / 2;
  const first: Frame = { left: margin.left, top: margin.top, width: panelWidth, height: plotHeight };
  const second: Frame = isNarrow
    ? { ...first, top: first.top + plotHeight + margin.bottom + margin.top }
    : { ...first, left: first.left + panelWidth + gap };
  return (
    <svg
      width={width}
      height={second.top + plotHeight + margin.bottom}
      role="img"
      aria-label="Loss and accuracy along the line between two runs"
    >
      <Panel frame={first} title="Loss, nats per example" figure="loss" series={series} result={result} />
      <Panel frame={second} title="Accuracy" figure="accuracy" series={series} result={result} />
    </svg>
  );
}

interface PanelProps extends Omit<LineDrawingProps, "width"> {
  readonly frame: Frame;
  readonly title: string;
  readonly figure: "loss" | "accuracy";
}

function Panel({ frame, title, figure, series: { raw, matched }, result }: PanelProps) {
  const values = [raw, matched].flatMap((path) => splits.flatMap((split) => path[figure][split]));
  const { low, high } = figure === "accuracy" ? { low: 0, high: 1 } : padded(values);
  const x = linearAxis(0, 1, horizontal(frame), 5);
  const y = linearAxis(low, high, vertical(frame), 5);
  const line = (path: PathSeries, split: (typeof splits)[number]) =>
    pathOf(path.t.map((t, index) => [x.place(t), y.place(path[figure][split][index])]));
  const barriers: readonly (readonly [PathSeries, Barrier, string])[] =
    figure === "loss" && result
      ? [
          [raw, result.raw.train.barrier, "barrier-raw"],
          ...(result.matched ? [[matched, result.matched.figures.train.barrier, "barrier-matched"] as const] : []),
        ]
      : [];
  return (
    <PlotPanel frame={frame} x={x} y={y} title={title} xLabel="t, from the first run to the second">
      {splits.map((split) => (
        <g key={split} strokeDasharray={split === "test" ? "5 4" : undefined}>
          <path d={line(raw, split)} className="path-raw" />
          <path d={line(matched, split)} className="path-matched" />
        </g>
      ))}
      {barriers.map(([path, barrier, kind]) => {
        if (!(barrier.height > 0)) return null;
        const { train } = path.loss;
        const chord = train[0] + (train[train.length - 1] - train[0]) * barrier.t;
        const [at, foot, head] = [x.place(barrier.t), y.place(chord), y.place(chord + barrier.height)];
        return (
          <g key={kind} className={kind}>
            <line x1={at} x2={at} y1={foot} y2={head} />
            <line x1={at - 4} x2={at + 4} y1={foot} y2={foot} />
            <line x1={at - 4} x2={at + 4} y1={head} y2={head} />
            <text
              x={at + (kind === "barrier-raw" ? 7 : -7)}
              y={(foot + head) / 2 + 4}
              textAnchor={kind === "barrier-raw" ? "start" : "end"}
              className="plot-tick"
            >
              {formatValue(barrier.height, 3)}
            </text>
          </g>
        );
      })}
    </PlotPanel>
  );
}

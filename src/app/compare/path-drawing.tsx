/** Loss and accuracy along paths between two models: solid on the training set, dashed on the test set; barriers are marked. */
import type { ReactNode } from "react";
import { linearAxis, padded, pathOf } from "../chart/axis.ts";
import { type Frame, horizontal, PlotPanel, vertical } from "../chart/plot-panel.tsx";
import { formatValue } from "../kit/format.ts";
import { type DrawnPath, type Split, splits } from "./path-series.ts";

const margin = { left: 64, right: 18, top: 34, bottom: 46 };
const gap = 74;
const plotHeight = 250;
const narrow = 620;

/** The straight line between the models as they are, and the path that is compared with it. */
export interface DrawnPaths {
  readonly straight: DrawnPath;
  readonly other: DrawnPath;
}

export interface PathDrawingProps extends DrawnPaths {
  readonly label: string;
  readonly width: number;
  readonly xLabel: string;
  /** Below the panels: its height, and what is drawn in a frame of it. */
  readonly below?: { readonly height: number; readonly draw: (frame: Frame) => ReactNode };
}

export function PathDrawing({ label, width, below, ...panel }: PathDrawingProps) {
  const isNarrow = width < narrow;
  const room = width - margin.left - margin.right;
  const first: Frame = {
    left: margin.left,
    top: margin.top,
    width: isNarrow ? room : (room - gap) / 2,
    height: plotHeight,
  };
  const second: Frame = isNarrow
    ? { ...first, top: first.top + plotHeight + margin.bottom + margin.top }
    : { ...first, left: first.left + first.width + gap };
  const end = second.top + plotHeight + margin.bottom;
  const third: Frame = { left: margin.left, top: end + margin.top, width: room, height: below?.height ?? 0 };
  return (
    <svg width={width} height={below ? third.top + third.height + margin.bottom : end} role="img" aria-label={label}>
      <Panel frame={first} title="Loss" figure="loss" {...panel} />
      <Panel frame={second} title="Accuracy" figure="accuracy" {...panel} />
      {below?.draw(third)}
    </svg>
  );
}

interface PanelProps extends DrawnPaths {
  readonly frame: Frame;
  readonly title: string;
  readonly figure: "loss" | "accuracy";
  readonly xLabel: string;
}

function Panel({ frame, title, figure, straight, other, xLabel }: PanelProps) {
  const values = [straight, other].flatMap(({ series }) => splits.flatMap((split) => series[figure][split]));
  const { low, high } = figure === "accuracy" ? { low: 0, high: 1 } : padded(values);
  const x = linearAxis(0, 1, horizontal(frame), 5);
  const y = linearAxis(low, high, vertical(frame), 5);
  const line = ({ series }: DrawnPath, split: Split) =>
    pathOf(series.t.map((t, index) => [x.place(t), y.place(series[figure][split][index])]));
  return (
    <PlotPanel frame={frame} x={x} y={y} title={title} xLabel={xLabel}>
      {splits.map((split) => (
        <g key={split} strokeDasharray={split === "test" ? "5 4" : undefined}>
          <path d={line(straight, split)} className="path-straight" />
          <path d={line(other, split)} className="path-other" />
        </g>
      ))}
      {figure === "loss" && (
        <>
          <BarrierMark path={straight} kind="straight" x={x.place} y={y.place} />
          <BarrierMark path={other} kind="other" x={x.place} y={y.place} />
        </>
      )}
    </PlotPanel>
  );
}

interface BarrierMarkProps {
  readonly path: DrawnPath;
  readonly kind: "straight" | "other";
  readonly x: (t: number) => number;
  readonly y: (loss: number) => number;
}

/** The barrier: a mark from the straight line between the losses at the ends up to the path, with its height. */
function BarrierMark({ path: { series, barrier }, kind, x, y }: BarrierMarkProps) {
  if (!barrier || !(barrier.height > 0)) return null;
  const { train } = series.loss;
  const chord = train[0] + (train[train.length - 1] - train[0]) * barrier.t;
  const [at, foot, head] = [x(barrier.t), y(chord), y(chord + barrier.height)];
  const isStraight = kind === "straight";
  return (
    <g className={`barrier-${kind}`}>
      <line x1={at} x2={at} y1={foot} y2={head} />
      <line x1={at - 4} x2={at + 4} y1={foot} y2={foot} />
      <line x1={at - 4} x2={at + 4} y1={head} y2={head} />
      <text
        x={at + (isStraight ? 7 : -7)}
        y={(foot + head) / 2 + 4}
        textAnchor={isStraight ? "start" : "end"}
        className="plot-tick"
      >
        {formatValue(barrier.height, 3)}
      </text>
    </g>
  );
}

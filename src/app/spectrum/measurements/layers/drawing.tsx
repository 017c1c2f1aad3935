import type { LayerCurvature } from "../../../../experiment/curvature.ts";
import { extentOf, linearAxis } from "../../../chart/axis.ts";
import { type Frame, horizontal, PlotPanel } from "../../../chart/plot-panel.tsx";
import { formatCount, formatValue } from "../../../kit/format.ts";

interface Column {
  readonly title: string;
  readonly value: (layer: LayerCurvature) => number;
  readonly error: (layer: LayerCurvature) => number;
  readonly others?: (layer: LayerCurvature) => readonly number[];
}

const columns: readonly Column[] = [
  {
    title: "Largest eigenvalue",
    value: ({ eigenvalues }) => eigenvalues[0] ?? Number.NaN,
    error: ({ residuals }) => residuals[0] ?? Number.NaN,
    others: ({ eigenvalues }) => Array.from(eigenvalues).slice(1),
  },
  { title: "Trace", value: ({ trace }) => trace.mean, error: ({ trace }) => trace.standardError },
  {
    title: "Frobenius norm",
    value: ({ frobeniusNorm }) => frobeniusNorm.mean,
    error: ({ frobeniusNorm }) => frobeniusNorm.standardError,
  },
];

const rowHeight = 24;
const margin = { right: 22, top: 30, bottom: 30, between: 26 };

export function LayersDrawing({
  width,
  layers,
}: {
  readonly width: number;
  readonly layers: readonly LayerCurvature[];
}) {
  const left = Math.min(150, 20 + 7 * Math.max(...layers.map(({ name }) => name.length)));
  const isWide = width >= 720;
  const height = rowHeight * layers.length;
  const columnWidth = isWide
    ? (width - left - margin.right - 2 * margin.between) / columns.length
    : width - left - margin.right;
  const block = margin.top + height + margin.bottom;
  const frameAt = (column: number): Frame => ({
    left: left + (isWide ? column * (columnWidth + margin.between) : 0),
    top: margin.top + (isWide ? 0 : column * block),
    width: columnWidth,
    height,
  });
  return (
    <svg width={width} height={block * (isWide ? 1 : columns.length)} role="img" aria-label="Curvature by layer">
      {columns.map((column, index) => (
        <BarPanel
          key={column.title}
          column={column}
          frame={frameAt(index)}
          layers={layers}
          hasNames={index === 0 || !isWide}
        />
      ))}
    </svg>
  );
}

interface BarPanelProps {
  readonly column: Column;
  readonly frame: Frame;
  readonly layers: readonly LayerCurvature[];
  readonly hasNames: boolean;
}

function BarPanel({ column: { title, value, error, others }, frame, layers, hasNames }: BarPanelProps) {
  const reach = layers.flatMap((layer) => [
    value(layer),
    value(layer) + (error(layer) || 0),
    value(layer) - (error(layer) || 0),
  ]);
  const { low, high } = extentOf([0, ...reach]) ?? { low: 0, high: 1 };
  const room = (high - low || 1) * 0.06;
  const x = linearAxis(low < 0 ? low - room : 0, high + room, horizontal(frame), 4);
  const middle = (row: number) => frame.top + (row + 0.5) * rowHeight;
  const y = { low: 0, high: layers.length, ticks: [], place: middle };
  return (
    <PlotPanel
      frame={frame}
      x={x}
      y={y}
      title={title}
      outside={
        hasNames &&
        layers.map(({ name, dimension }, row) => (
          <text key={name} x={frame.left - 8} y={middle(row) + 4} textAnchor="end" className="plot-tick">
            {name}
            <title>{`${formatCount(dimension)} parameters`}</title>
          </text>
        ))
      }
    >
      {layers.map((layer, row) => {
        const [zero, end] = [x.place(0), x.place(value(layer))];
        const [from, to] = [x.place(value(layer) - error(layer)), x.place(value(layer) + error(layer))];
        return (
          <g key={layer.name}>
            <title>{`${layer.name}: ${formatValue(value(layer))} ± ${formatValue(error(layer), 2)}`}</title>
            <rect
              x={Math.min(zero, end)}
              y={middle(row) - 7}
              width={Math.max(0.5, Math.abs(end - zero) || 0)}
              height={14}
              className="plot-bar"
            />
            {others?.(layer).map((other) => (
              <circle key={other} cx={x.place(other)} cy={middle(row)} r={2.4} className="plot-dot-open" />
            ))}
            {to - from > 1 && (
              <path
                d={`M${from.toFixed(1)} ${middle(row)}H${to.toFixed(1)}M${from.toFixed(1)} ${middle(row) - 4}v8M${to.toFixed(1)} ${middle(row) - 4}v8`}
                className="plot-whisker"
              />
            )}
          </g>
        );
      })}
      {low < 0 && (
        <line x1={x.place(0)} x2={x.place(0)} y1={frame.top} y2={frame.top + frame.height} className="plot-zero" />
      )}
    </PlotPanel>
  );
}

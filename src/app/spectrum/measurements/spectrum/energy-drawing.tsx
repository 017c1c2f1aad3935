import type { LayerEnergy } from "../../../../curvature/eigenvector-energy.ts";
import { extentOf, linearAxis } from "../../../chart/axis.ts";
import { type Frame, horizontal, PlotPanel, vertical } from "../../../chart/plot-panel.tsx";
import { formatCount, formatPercent } from "../../../kit/format.ts";

interface DrawingProps {
  readonly width: number;
  readonly layers: readonly LayerEnergy[];
  readonly shown: LayerEnergy;
  readonly onChoose: (layer: string) => void;
}

const rowHeight = 22;
const margin = { right: 16, top: 30, bottom: 46, between: 78 };
const leastHeight = 190;

export function EnergyDrawing({ width, layers, shown, onChoose }: DrawingProps) {
  const left = Math.min(150, 20 + 7 * Math.max(...layers.map(({ name }) => name.length)));
  const isWide = width >= 720;
  const height = Math.max(leastHeight, rowHeight * layers.length);
  const inner = width - left - margin.right;
  const layersFrame: Frame = {
    left,
    top: margin.top,
    width: isWide ? inner * 0.36 : inner,
    height: rowHeight * layers.length,
  };
  const filtersFrame: Frame = isWide
    ? { left: left + inner * 0.36 + margin.between, top: margin.top, width: inner * 0.64 - margin.between, height }
    : {
        left: 62,
        top: layersFrame.height + 2 * margin.top + margin.bottom,
        width: width - 62 - margin.right,
        height: leastHeight,
      };
  return (
    <svg
      width={width}
      height={filtersFrame.top + filtersFrame.height + margin.bottom}
      role="img"
      aria-label="Energy of an eigenvector by layer and by filter"
    >
      <LayersPanel frame={layersFrame} layers={layers} shown={shown} onChoose={onChoose} />
      <FiltersPanel frame={filtersFrame} layer={shown} />
    </svg>
  );
}

const percent = (value: number) => `${Number((value * 100).toPrecision(4))} %`;

function LayersPanel({ frame, layers, shown, onChoose }: Omit<DrawingProps, "width"> & { readonly frame: Frame }) {
  const most = Math.max(...layers.map(({ energy }) => energy));
  const x = linearAxis(0, most * 1.08, horizontal(frame), 4);
  const middle = (row: number) => frame.top + (row + 0.5) * rowHeight;
  return (
    <PlotPanel
      frame={frame}
      x={x}
      y={{ low: 0, high: layers.length, ticks: [], place: middle }}
      title="Energy by layer"
      formatX={percent}
      outside={layers.map(({ name }, row) => (
        <text
          key={name}
          x={frame.left - 8}
          y={middle(row) + 4}
          textAnchor="end"
          className={name === shown.name ? "plot-tick plot-chosen" : "plot-tick"}
          onPointerDown={() => onChoose(name)}
        >
          {name}
        </text>
      ))}
    >
      {layers.map(({ name, energy }, row) => (
        <g key={name} onPointerDown={() => onChoose(name)}>
          <title>{`${name}: ${formatPercent(energy, 2)}`}</title>
          <rect
            x={frame.left}
            y={middle(row) - rowHeight / 2}
            width={frame.width}
            height={rowHeight}
            className="plot-catch"
          />
          <rect
            x={x.place(0)}
            y={middle(row) - 6.5}
            width={Math.max(0.5, x.place(energy) - x.place(0))}
            height={13}
            className={name === shown.name ? "plot-bar plot-chosen" : "plot-bar"}
          />
        </g>
      ))}
    </PlotPanel>
  );
}

/** Weight and bias of a channel stand on one another. */
function FiltersPanel({ frame, layer }: { readonly frame: Frame; readonly layer: LayerEnergy }) {
  const [weight, ...rest] = layer.tensors;
  const count = weight.filters.length;
  const others = rest.filter(({ filters }) => filters.length === count);
  const totals = Array.from(weight.filters, (energy, i) =>
    others.reduce((sum, { filters }) => sum + filters[i], energy),
  );
  const most = extentOf(totals)?.high || 1;
  const x = linearAxis(-0.5, count - 0.5, horizontal(frame), 6);
  const y = linearAxis(0, most * 1.08, vertical(frame), 5);
  const barWidth = Math.max(0.6, Math.min(18, (frame.width / count) * 0.78));
  const key = [weight, ...others].map(({ name }) => name.slice(name.lastIndexOf(".") + 1));
  return (
    <PlotPanel
      frame={frame}
      x={{ ...x, ticks: x.ticks.filter(Number.isInteger) }}
      y={y}
      title={frame.width < 420 ? layer.name : `${layer.name}: energy by ${formatCount(count)} output channels`}
      xLabel="channel"
      formatY={percent}
      outside={
        others.length > 0 && (
          <g>
            {key.map((name, i) => (
              <g key={name} transform={`translate(${frame.left + frame.width - 130 + i * 72} ${frame.top - 16})`}>
                <rect width={9} height={9} className={i === 0 ? "plot-bar" : "plot-bar-second"} />
                <text x={14} y={8} className="plot-note">
                  {name}
                </text>
              </g>
            ))}
          </g>
        )
      }
    >
      {totals.map((total, channel) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a channel is its number
        <g key={channel}>
          <title>{`Channel ${channel}: ${formatPercent(total, 3)}`}</title>
          <rect
            x={x.place(channel) - barWidth / 2}
            y={y.place(total)}
            width={barWidth}
            height={Math.max(0, y.place(0) - y.place(total))}
            className="plot-bar-second"
          />
          <rect
            x={x.place(channel) - barWidth / 2}
            y={y.place(weight.filters[channel])}
            width={barWidth}
            height={Math.max(0, y.place(0) - y.place(weight.filters[channel]))}
            className="plot-bar"
          />
        </g>
      ))}
    </PlotPanel>
  );
}

import { type Axis, linearAxis, logAxis, padded } from "../../../chart/axis.ts";
import { type Frame, horizontal, PlotPanel, vertical } from "../../../chart/plot-panel.tsx";
import { spreadLabels } from "../../../chart/spread-labels.ts";
import { pairName } from "../../../figure/pair-name.ts";
import { groupName, type SampleGroup, type Spread } from "./subset-statistics.ts";

const panelHeight = 250;
const margin = { left: 62, right: 30, top: 30, bottom: 48 };

export function SubsetsDrawing({ width, groups }: { readonly width: number; readonly groups: readonly SampleGroup[] }) {
  const isWide = width >= 720;
  const share = isWide ? [width * 0.62, width * 0.38] : [width, width];
  const frameAt = (column: number): Frame => ({
    left: margin.left + (isWide && column === 1 ? share[0] : 0),
    top: margin.top + (isWide ? 0 : column * (panelHeight + margin.top + margin.bottom)),
    width: share[column] - margin.left - margin.right,
    height: panelHeight,
  });
  const height = (margin.top + panelHeight + margin.bottom) * (isWide ? 1 : 2);
  return (
    <svg width={width} height={height} role="img" aria-label="Eigenvalues and overlaps of subsets">
      <ValuesPanel frame={frameAt(0)} groups={groups} />
      <OverlapPanel frame={frameAt(1)} groups={groups} />
    </svg>
  );
}

interface PanelProps {
  readonly frame: Frame;
  readonly groups: readonly SampleGroup[];
}

/** A place for every group. */
function groupAxis(groups: readonly SampleGroup[], frame: Frame): Axis {
  const axis = linearAxis(-0.5, groups.length - 0.5, horizontal(frame), 1);
  return { ...axis, ticks: groups.map((_, index) => index) };
}

function ValuesPanel({ frame, groups }: PanelProps) {
  const x = groupAxis(groups, frame);
  const all = groups.flatMap(({ eigenvalues }) => eigenvalues.flatMap(({ values }) => values));
  const isLog = all.every((value) => value > 0);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const { low, high } = padded(all);
  const y = isLog
    ? logAxis(least / 1.15, most * 1.15, vertical(frame), 6)
    : linearAxis(Math.min(0, low), high, vertical(frame), 6);
  const full = groups.find(({ kind }) => kind === "full");
  const labels = spreadLabels(full?.eigenvalues.map(({ mean }) => y.place(mean)) ?? [], 13);
  const pairs = Math.max(...groups.map(({ eigenvalues }) => eigenvalues.length));
  const slot = Math.min(16, ((frame.width / groups.length) * 0.72) / pairs);
  return (
    <PlotPanel
      frame={frame}
      x={x}
      y={y}
      title={`Top ${pairs} eigenvalues`}
      formatX={(index) => groupName(groups[index])}
      xLabel="examples in a sample"
      outside={full?.eigenvalues.map((_, i) => (
        <text key={pairName(i + 1)} x={frame.left + frame.width + 5} y={labels[i] + 4} className="plot-symbol-small">
          {pairName(i + 1)}
        </text>
      ))}
    >
      {full?.eigenvalues.map(({ mean }, i) => (
        <line
          key={pairName(i + 1)}
          x1={frame.left}
          x2={frame.left + frame.width}
          y1={y.place(mean)}
          y2={y.place(mean)}
          className="plot-goal"
        />
      ))}
      {groups.map((group, index) =>
        group.eigenvalues.map((spread, i) => (
          <SpreadMark
            key={`${groupName(group)} ${pairName(i + 1)}`}
            x={x.place(index) + (i - (pairs - 1) / 2) * slot}
            y={y}
            spread={spread}
            group={group}
            halfWidth={Math.max(2.5, slot * 0.36)}
          />
        )),
      )}
    </PlotPanel>
  );
}

function OverlapPanel({ frame, groups }: PanelProps) {
  const x = groupAxis(groups, frame);
  const y = linearAxis(0, 1.04, vertical(frame), 5);
  return (
    <PlotPanel
      frame={frame}
      x={x}
      y={y}
      title="Overlap with the full set's eigenspace"
      formatX={(index) => groupName(groups[index])}
      xLabel="examples in a sample"
    >
      {groups.map((group, index) => (
        <SpreadMark
          key={groupName(group)}
          x={x.place(index)}
          y={y}
          spread={group.overlap}
          group={group}
          halfWidth={8}
        />
      ))}
    </PlotPanel>
  );
}

interface SpreadMarkProps {
  readonly x: number;
  readonly y: Axis;
  readonly spread: Spread;
  readonly group: SampleGroup;
  readonly halfWidth: number;
}

function SpreadMark({ x, y, spread: { values, mean, deviation }, group: { kind }, halfWidth }: SpreadMarkProps) {
  if (values.length === 0) return null;
  if (kind === "full") return <circle cx={x} cy={y.place(mean)} r={3.4} className="plot-dot plot-chosen" />;
  const isResampled = kind === "resampled";
  return (
    <g>
      {Number.isFinite(deviation) && (
        <line x1={x} x2={x} y1={y.place(mean - deviation)} y2={y.place(mean + deviation)} className="plot-spread" />
      )}
      {values.map((value, draw) => (
        <circle
          // biome-ignore lint/suspicious/noArrayIndexKey: a draw is its number
          key={draw}
          cx={x}
          cy={y.place(value)}
          r={2.2}
          className={isResampled ? "plot-draw-open" : "plot-draw"}
        />
      ))}
      <line x1={x - halfWidth} x2={x + halfWidth} y1={y.place(mean)} y2={y.place(mean)} className="plot-mean" />
    </g>
  );
}

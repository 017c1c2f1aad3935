/** Live curves: batch loss, smoothed batch loss, and the losses of training and test set after every epoch. */
import { Slider, Switch } from "@mantine/core";
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useStore } from "zustand";
import type { EpochMetrics } from "../../jobs/jobs.ts";
import { useStores } from "../app-stores.ts";
import { formatTick, formatValue } from "../figure/format.ts";
import { usePalette } from "../plate/use-palette.ts";
import type { LossRecord } from "../stores/loss-record.ts";
import { smoothed, thinIndices } from "./smoothing.ts";

const maximumPoints = 1200;
const plotHeight = 132;

export function TrainingCurves() {
  const { training, preferences } = useStores();
  const { smoothing, curveLog } = useStore(preferences);
  const { losses, epochs, progress, status } = useStore(training);
  const palette = usePalette();
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>();
  const frame = useRef<HTMLDivElement>(null);
  const ref = useMergedRef(sizeRef, frame);
  const plot = useRef<uPlot | null>(null);

  useEffect(() => {
    const element = frame.current;
    if (!element || width === 0) return;
    const built = new uPlot(options(width, curveLog, palette), [[], [], [], [], []], element);
    plot.current = built;
    return () => {
      plot.current = null;
      built.destroy();
    };
  }, [width, curveLog, palette]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `progress` and `status` stand for the record's changes
  useEffect(() => {
    plot.current?.setData(curveData(losses, epochs, smoothing));
  }, [losses, epochs, smoothing, progress, status, width, curveLog, palette]);

  const last = losses.length > 0 ? losses.values[losses.length - 1]! : Number.NaN;
  return (
    <div className="curves">
      <div className="curves-head">
        <span className="key" style={{ "--key-colour": palette.quiet } as React.CSSProperties}>
          batch
        </span>
        <span className="key" style={{ "--key-colour": palette.inkCss } as React.CSSProperties}>
          training
        </span>
        <span className="key key-dashed" style={{ "--key-colour": palette.accent } as React.CSSProperties}>
          test
        </span>
        <Switch
          ml="auto"
          label="log"
          checked={curveLog}
          onChange={(event) => preferences.getState().set({ curveLog: event.currentTarget.checked })}
        />
      </div>
      <div
        ref={ref}
        className="curves-plot"
        role="img"
        aria-label={`Loss against optimiser steps. ${Number.isFinite(last) ? `Last batch loss ${formatValue(last, 3)} at step ${losses.length}.` : "Nothing trained yet."}`}
      />
      {losses.length === 0 && <p className="curves-empty">Losses are drawn here, step by step.</p>}
      <div className="field" style={{ gridTemplateColumns: "auto 1fr" }}>
        <span className="field-label" id="smoothing-label">
          Smoothing
        </span>
        <Slider
          thumbLabel="Smoothing of the curves"
          min={0}
          max={0.98}
          step={0.02}
          value={smoothing}
          label={(value) => value.toFixed(2)}
          onChange={(value) => preferences.getState().set({ smoothing: value })}
        />
      </div>
    </div>
  );
}

function curveData(losses: LossRecord, epochs: readonly EpochMetrics[], smoothing: number): uPlot.AlignedData {
  const raw = losses.values;
  const soft = smoothed(raw, smoothing);
  const picks = thinIndices(raw.length, maximumPoints);
  const steps = new Map<
    number,
    { raw: number | null; soft: number | null; train: number | null; test: number | null }
  >();
  for (const index of picks) {
    steps.set(index + 1, { raw: drawable(raw[index]!), soft: drawable(soft[index]!), train: null, test: null });
  }
  for (const { step, trainLoss, testLoss } of epochs) {
    const entry = steps.get(step) ?? { raw: null, soft: null, train: null, test: null };
    steps.set(step, { ...entry, train: drawable(trainLoss), test: drawable(testLoss) });
  }
  const ordered = [...steps].sort(([a], [b]) => a - b);
  return [
    ordered.map(([step]) => step),
    ordered.map(([, entry]) => entry.raw),
    ordered.map(([, entry]) => entry.soft),
    ordered.map(([, entry]) => entry.train),
    ordered.map(([, entry]) => entry.test),
  ];
}

/** The log axis has no place for zero and below. */
function drawable(value: number): number | null {
  return Number.isFinite(value) && value > 0 ? value : null;
}

function options(
  width: number,
  log: boolean,
  palette: { readonly inkCss: string; readonly quiet: string; readonly accent: string; readonly hairline: string },
): uPlot.Options {
  const axis = {
    stroke: palette.quiet,
    font: '11px system-ui, "Liberation Sans", sans-serif',
    grid: { stroke: palette.hairline, width: 0.5 },
    ticks: { stroke: palette.hairline, width: 0.5, size: 4 },
    gap: 3,
  };
  const line = { spanGaps: true, points: { show: false } };
  return {
    width,
    height: plotHeight,
    padding: [6, 6, 0, 0],
    cursor: { show: false },
    legend: { show: false },
    scales: { x: { time: false }, y: { distr: log ? 3 : 1 } },
    axes: [
      { ...axis, size: 24 },
      {
        ...axis,
        size: 44,
        values: (_plot, values) => values.map((value) => (value === null ? "" : formatTick(value))),
      },
    ],
    series: [
      {},
      { ...line, stroke: palette.quiet, width: 0.5, alpha: 0.7 },
      { ...line, stroke: palette.quiet, width: 1.5 },
      { ...line, stroke: palette.inkCss, width: 1.75, points: { show: true, size: 4, fill: palette.inkCss } },
      {
        ...line,
        stroke: palette.accent,
        width: 1.75,
        dash: [5, 3],
        points: { show: true, size: 4, fill: palette.accent },
      },
    ],
  };
}

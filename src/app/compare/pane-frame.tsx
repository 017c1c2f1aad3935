/** A pane: the run's name and colour, what it reads under the cursor, how far its surface is, and its picture. */
import { VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { centreCell } from "../../experiment/progressive-grid.ts";
import { useCompare } from "../context/compare.ts";
import { figureSummary } from "../figure/describe.ts";
import type { Figure } from "../figure/figure.ts";
import { metricAt, metricNames } from "../figure/metric.ts";
import { formatCount, formatDuration, formatValue } from "../kit/format.ts";
import type { SurfaceStore } from "../stores/surface-store.ts";
import type { Pane } from "./use-panes.ts";

export interface PaneFrameProps {
  readonly pane: Pane;
  readonly summaryId: string;
  readonly children: ReactNode;
}

export function PaneFrame({ pane, summaryId, children }: PaneFrameProps) {
  const { name, colour, reading, figure, store } = pane;
  return (
    <article className="pane" aria-label={`${name.title}, ${name.detail}`}>
      <header className="pane-head">
        <h2>
          <span className="compare-swatch" style={{ background: colour }} />
          {name.title}
        </h2>
        <p>{name.detail}</p>
        {figure && <PaneReading figure={figure} />}
        {store && <PaneStatus id={pane.id} store={store} />}
      </header>
      {children}
      {reading.status === "reading" && <p className="pane-message">Reading its weights.</p>}
      {reading.status === "failed" && (
        <p className="pane-message" role="alert">
          {reading.message}
        </p>
      )}
      <VisuallyHidden component="p" id={summaryId}>
        {figure ? figureSummary(figure.grid, figure.metric, figure.display) : "Not available."}
      </VisuallyHidden>
    </article>
  );
}

/** The value under the shared cursor; without one, that of the run itself. */
function PaneReading({ figure }: { readonly figure: Figure }) {
  const compare = useCompare();
  const cursor = useStore(compare.figures, (state) => state.cursor);
  const { grid, metric } = figure;
  const cell = cursor ? cursor.row * grid.columns + cursor.column : centreCell(grid);
  const isThere = cell >= 0 && grid.measured[cell] === 1;
  return (
    <p className="pane-value">
      <span>{cursor ? metricNames[metric] : `${metricNames[metric]} at θ`}</span>{" "}
      <b>{isThere ? formatValue(metricAt(grid, metric, cell)) : "–"}</b>
    </p>
  );
}

function PaneStatus({ id, store }: { readonly id: string; readonly store: SurfaceStore }) {
  const compare = useCompare();
  const { status, progress, grid, message } = useStore(store);
  const isMeasuring = useStore(compare.surfaces, (state) => state.measuring === id);
  const step = useStore(compare.spectrum, ({ parts }) => parts.at(-1));
  const isSolving = useStore(
    compare.spectrum,
    (state) => isMeasuring && status === "queued" && state.status === "running",
  );
  if (isSolving)
    return <p className="pane-status">solving for eigenvectors, {formatCount(step?.products ?? 0)} products</p>;
  if (isMeasuring && grid)
    return (
      <p className="pane-status">
        {formatCount(grid.measuredCount)} of {formatCount(grid.size)} points
        {progress && Number.isFinite(progress.etaSeconds) ? `, ${formatDuration(progress.etaSeconds)} left` : ""}
      </p>
    );
  if (status === "failed")
    return (
      <p className="pane-status pane-failed" role="alert">
        {message}
      </p>
    );
  return status === "cancelled" ? <p className="pane-status">partial</p> : null;
}

/** A plane through three models as it is measured: its picture with the models marked, how far it is, its caption. */
import { type ReactNode, useId, useMemo, useState } from "react";
import { useStore } from "zustand";
import type { PlaneMark, PlanePlace } from "../../experiment/comparison.ts";
import { useCompare } from "../context/compare.ts";
import { buildFigures, DisplayCache } from "../figure/build-figures.ts";
import { figureSummary } from "../figure/describe.ts";
import type { Cursor, Figure } from "../figure/figure.ts";
import { metricAt, metricNames } from "../figure/metric.ts";
import { formatCount, formatFixed, formatValue } from "../kit/format.ts";
import { Alert } from "../kit/section.tsx";
import type { ComparePlane, PlaneSubject } from "../stores/compare/plane.ts";
import { batchNormNames } from "./model-shapes.ts";
import { PlaneFigure } from "./plane-figure.tsx";
import type { Pane } from "./use-panes.ts";

export interface PlaneViewProps {
  /** Its own among the page's views. */
  readonly name: string;
  readonly title: string;
  readonly plane: ComparePlane;
  readonly panes: readonly Pane[];
  readonly controls: ReactNode;
  /** Begins the caption, after the metric: "on the plane through". */
  readonly place: string;
  /** Ends the caption. */
  readonly note: string;
  /** Drawn over the surface. */
  readonly path?: readonly PlanePlace[];
}

/** The surface measured in a plane; null before there is one. */
export function usePlaneFigure(plane: ComparePlane): Figure | null {
  const compare = useCompare();
  const { grid, revision } = useStore(plane.surface);
  const view = useStore(compare.settings, (state) => state.view);
  const [displays] = useState(() => new DisplayCache());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision says that the grid has changed
  return useMemo(
    () => (grid ? buildFigures([grid], view, false, displays)[0] : null),
    [grid, revision, view, displays],
  );
}

export function PlaneView({ name, title, plane, panes, controls, place, note, path }: PlaneViewProps) {
  const id = useId();
  const { subject, result, status, message } = useStore(plane.place);
  const surface = useStore(plane.surface);
  const figure = usePlaneFigure(plane);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const marked = useMemo(() => (subject ? markedPanes(subject, panes) : []), [subject, panes]);
  const names = useMemo(() => marked.map((mark) => mark.name), [marked]);
  const colours = useMemo(() => marked.map((mark) => mark.colour), [marked]);
  if (!figure || !result || !subject) return null;
  const failure = status === "failed" ? message : surface.status === "failed" ? surface.message : null;
  const cell = cursor ? cursor.row * figure.grid.columns + cursor.column : -1;
  return (
    <figure className="sheet-figure" aria-labelledby={id}>
      <div className="sheet-figure-head">
        <h2 id={id}>{title}</h2>
        {controls}
      </div>
      {failure && <Alert title="The plane stopped with an error">{failure}</Alert>}
      <p className="compare-note" role="status">
        {cell >= 0 && figure.grid.measured[cell]
          ? `${metricNames[figure.metric]} ${formatValue(metricAt(figure.grid, figure.metric, cell))}`
          : `${formatCount(figure.grid.measuredCount)} of ${formatCount(figure.grid.size)} points${
              surface.status === "cancelled" ? ", partial" : ""
            }`}
      </p>
      <PlaneFigure
        id={name}
        figure={figure}
        marks={result.marks}
        names={names}
        colours={colours}
        describedBy={`${id}-summary`}
        cursor={cursor}
        onCursor={setCursor}
        {...(path && { path })}
      />
      <p id={`${id}-summary`} className="visually-hidden">
        {figureSummary(figure.grid, figure.metric, figure.display)}
      </p>
      <figcaption>
        <b>
          {metricNames[figure.metric]} {place} {names.join(", ")}.
        </b>{" "}
        {result.marks
          .map((mark, index) => markWords(mark, names[index], subject.models[index].runId !== null))
          .join("; ")}
        . Distances in the plane are those between the weights; training set, {formatCount(subject.count)} ×{" "}
        {formatCount(subject.count)} points.
        {hasStatistics(subject) ? ` BatchNorm statistics ${batchNormNames[subject.batchNorm]}.` : ""} {note}
      </figcaption>
    </figure>
  );
}

const hasStatistics = ({ source }: PlaneSubject) => source.weights.state.length > 0;

/** Weights that are no run's have no figures by themselves. */
function markWords({ alpha, beta, inPlane, own }: PlaneMark, name: string, isRun: boolean): string {
  const at = `${name} at α = ${formatFixed(alpha, 2)}, β = ${formatFixed(beta, 2)}: loss ${formatValue(inPlane.loss)}`;
  return isRun ? `${at} in the plane, ${formatValue(own.loss)} by itself` : at;
}

/** The plane's models, named and coloured like their panes where they have one. */
function markedPanes({ models }: PlaneSubject, panes: readonly Pane[]) {
  return models.map(({ runId, label }) => {
    const pane = panes.find(({ id }) => id === runId);
    return { name: pane?.name.title ?? label, colour: pane?.colour ?? "var(--ink)" };
  });
}

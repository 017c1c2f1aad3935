/** A plane through three models as it is measured: its picture with the models marked, how far it is, its caption. */
import { type ReactNode, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import type { PlanePlace } from "../../experiment/comparison.ts";
import { FigurePlate } from "../chart/figure-plate.tsx";
import { useCompare } from "../context/compare.ts";
import { buildFigures, DisplayCache } from "../figure/build-figures.ts";
import { figureSummary } from "../figure/describe.ts";
import { edgeWords } from "../figure/edge-words.ts";
import type { Cursor, Figure } from "../figure/figure.ts";
import { metricAt, metricNames } from "../figure/metric.ts";
import { Alert } from "../kit/alert.tsx";
import { formatCount, formatValue } from "../kit/format.ts";
import type { Capture } from "../scene/surface-scene.tsx";
import type { ComparePlane, PlaneSubject } from "../stores/compare/plane.ts";
import { planeDrawing } from "./export/plane-drawing.ts";
import { PlaneFigure } from "./plane-figure.tsx";
import { placeInPlane } from "./plane-marks.ts";
import { planeCaption, planeTable } from "./plane-words.ts";
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

export function PlaneView({ name, title, plane, panes, controls, place, note, path = noPath }: PlaneViewProps) {
  const compare = useCompare();
  const colourMap = useStore(compare.settings, (state) => state.view.colourMap);
  const { subject, result, status, message } = useStore(plane.place);
  const surface = useStore(plane.surface);
  const figure = usePlaneFigure(plane);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const capture = useRef<Capture | null>(null);
  const marked = useMemo(() => (subject ? markedPanes(subject, panes) : []), [subject, panes]);
  const names = useMemo(() => marked.map((mark) => mark.name), [marked]);
  const colours = useMemo(() => marked.map((mark) => mark.colour ?? "var(--ink)"), [marked]);
  if (!figure || !result || !subject) return null;
  const { grid, metric } = figure;
  const { marks } = result;
  const failure = status === "failed" ? message : surface.status === "failed" ? surface.message : null;
  const cell = cursor ? cursor.row * grid.columns + cursor.column : -1;
  const caption = planeCaption(subject, marks, metric, {
    place,
    note: [edgeWords(figure), note].filter(Boolean).join(" "),
    names,
  });
  const summary = figureSummary(grid, metric, figure.display);
  return (
    <FigurePlate
      title={title}
      name={`plane-${name}`}
      controls={controls}
      caption={caption}
      summary={summary}
      table={() => planeTable(grid)}
      draw={() =>
        planeDrawing({
          figure,
          overlay: {
            marks: marks.map((mark, index) => ({
              place: placeInPlane(figure, mark),
              name: names[index],
              colour: marked[index].colour ?? inkOnPaper,
            })),
            path: path.map((at) => placeInPlane(figure, at)),
          },
          colourMap,
          caption,
          sheet: sheet.current,
          capture: capture.current,
        })
      }
    >
      {(_width, summaryId) => (
        <>
          {failure && <Alert title="The plane stopped with an error">{failure}</Alert>}
          <p className="compare-note" role="status">
            {cell >= 0 && grid.measured[cell]
              ? `${metricNames[metric]} ${formatValue(metricAt(grid, metric, cell))}`
              : `${formatCount(grid.measuredCount)} of ${formatCount(grid.size)} points${
                  surface.status === "cancelled" ? ", partial" : ""
                }`}
          </p>
          <PlaneFigure
            id={name}
            figure={figure}
            marks={marks}
            names={names}
            colours={colours}
            describedBy={summaryId}
            cursor={cursor}
            onCursor={setCursor}
            path={path}
            sheet={sheet}
            capture={capture}
          />
        </>
      )}
    </FigurePlate>
  );
}

const noPath: readonly PlanePlace[] = [];

/** The ink of every drawing for print. */
const inkOnPaper = "#171c21";

/** The plane's models, named and coloured like their panes; without a colour where they have none. */
function markedPanes({ models }: PlaneSubject, panes: readonly Pane[]) {
  return models.map(({ runId, label }) => {
    const pane = panes.find(({ id }) => id === runId);
    return { name: pane?.name.title ?? label, colour: pane?.colour ?? null };
  });
}

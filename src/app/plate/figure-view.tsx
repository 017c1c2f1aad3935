/** The plate: the relief or the line, with title, readout, legend, map, tools and the caption under it. */
import { Loader, SegmentedControl, VisuallyHidden } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useCallback, useId, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { modelTitle } from "../../architectures/specs.ts";
import { ProgressiveGrid } from "../../experiment/progressive-grid.ts";
import { lossNameOf } from "../../experiment/spec.ts";
import { useLandscape } from "../context/landscape.ts";
import { useSession } from "../context/session.ts";
import { useShownSurface } from "../context/use-shown-surface.ts";
import { FigureTools } from "../export/figure-tools.tsx";
import { figureCaption, figureSummary } from "../figure/describe.ts";
import { edgeWords } from "../figure/edge-words.ts";
import { buildFigure } from "../figure/figure.ts";
import { metricNames } from "../figure/metric.ts";
import { overlayCaption, overlaySummary } from "../figure/overlay-words.ts";
import { pathCaption, pathSummary, principalRanks } from "../figure/path-words.ts";
import { usePalette } from "../kit/use-palette.ts";
import type { Capture } from "../scene/surface-scene.tsx";
import { convexityMethod } from "../stores/convexity-store.ts";
import { EmptyFigure } from "./empty-figure.tsx";
import { Legend } from "./legend.tsx";
import { LinePlot } from "./line-plot.tsx";
import { loadRelief } from "./load-relief.tsx";
import { Readout } from "./readout.tsx";
import { ReplayBar } from "./replay-bar.tsx";
import { PlateCurves } from "./training-curves.tsx";

const ReliefView = lazy(loadRelief);

/** `children` stand between the figure and its caption. */
export function FigureView({ children }: { readonly children?: ReactNode }) {
  const { settings: chosen } = useSession();
  const { figure: figureStore, surface, example, convexity } = useLandscape();
  const built = useStore(figureStore, (state) => state.figure);
  const { surface: wanted, view, spec: wantedSpec } = useStore(chosen, (state) => state.current);
  const lossName = lossNameOf(wantedSpec);
  const status = useStore(surface, (state) => state.status);
  const isOpening = useStore(example, (state) => state.isPending || state.example !== null);
  const shown = useShownSurface();
  const showsCurves = useShowsCurves();
  const palette = usePalette();
  const summaryId = useId();
  const capture = useRef<Capture | null>(null);
  const keepCapture = useCallback((next: Capture | null) => {
    capture.current = next;
  }, []);
  const blank = useMemo(
    () => buildFigure(new ProgressiveGrid(wanted.alpha, wanted.y ? wanted.beta : null), view, {}, lossName),
    [wanted.alpha, wanted.beta, wanted.y, view, lossName],
  );
  const figure = built ?? blank;
  const summary = useMemo(
    () =>
      [
        figureSummary(figure.grid, figure.metric, figure.display),
        overlaySummary(figure),
        edgeWords(figure),
        figure.path ? pathSummary(figure.path, figure) : "",
      ]
        .filter(Boolean)
        .join(" "),
    [figure],
  );
  const isLine = figure.grid.rows === 1;
  const method = useStore(convexity, useShallow(convexityMethod));
  const { spec, settings } = shown ?? {};
  const caption =
    shown && figureCaption(shown.spec, shown.settings, shown.label, figure.metric, shown.report, shown.backend);
  const overlays =
    spec && settings
      ? overlayCaption(figure, spec, settings, isLine ? "dashed" : "translucent and dashed", method)
      : "";
  const edge = shown ? edgeWords(figure) : "";
  const path = settings && figure.path ? pathCaption(figure.path, figure.grid, principalRanks(settings)) : "";
  return (
    <>
      <section className={showsCurves ? "figure figure-with-curves" : "figure"} aria-label="Figure">
        <PlateCurves visible={showsCurves} />
        {isLine ? (
          <LinePlot figure={figure} describedBy={summaryId} />
        ) : (
          <Suspense fallback={<Loader size="sm" style={{ position: "absolute", inset: 0, margin: "auto" }} />}>
            <ReliefView
              figure={figure}
              palette={palette}
              hasMap={shown !== null && !showsCurves}
              describedBy={summaryId}
              onCapture={keepCapture}
            />
          </Suspense>
        )}
        <header className="figure-head">
          {shown && !showsCurves ? (
            <>
              <h2 className="figure-title">{modelTitle(shown.spec.model)}</h2>
              <p className="figure-subtitle">
                {metricNames[figure.metric]} {shown.label}, {shown.settings.subset === "test" ? "test" : "training"} set
              </p>
              <Readout figure={figure} />
            </>
          ) : null}
        </header>
        {shown && !isLine && !showsCurves && <Legend figure={figure} />}
        {shown && (
          <FigureTools
            isLine={isLine}
            hasConvexity={figure.layer !== null}
            hasPath={figure.path !== null}
            capture={capture}
          />
        )}
        {status !== "idle" ? <PlateSwitch /> : isOpening ? null : <EmptyFigure />}
        <VisuallyHidden component="p" id={summaryId}>
          {shown ? summary : "No surface has been measured yet."}
        </VisuallyHidden>
        <VisuallyHidden component="p" role="status">
          {status === "complete" ? `Complete. ${summary}` : status === "cancelled" ? `Cancelled. ${summary}` : ""}
        </VisuallyHidden>
      </section>
      <ReplayBar />
      {children}
      <p className="caption">
        {caption ? (
          <>
            <b>{caption.title}</b> {caption.text} {edge} {overlays} {path}
          </>
        ) : (
          "Train a model, or measure the surface around its initial weights: it is drawn here while it is computed."
        )}
      </p>
    </>
  );
}

/** Curves take the plate while a run has some and no surface is there; afterwards a person chooses. */
function useShowsCurves(): boolean {
  const { training, preferences } = useSession();
  const { surface } = useLandscape();
  const hasSurface = useStore(surface, (state) => state.status !== "idle");
  const hasRun = useStore(training, (state) => state.status !== "idle");
  const chosen = useStore(preferences, (state) => state.plate);
  return hasRun && (hasSurface ? chosen === "curves" : true);
}

function PlateSwitch() {
  const { training, preferences } = useSession();
  const hasRun = useStore(training, (state) => state.status !== "idle");
  const chosen = useStore(preferences, (state) => state.plate);
  if (!hasRun) return null;
  return (
    <SegmentedControl
      className="plate-switch"
      aria-label="What the plate shows"
      value={chosen}
      data={[
        { value: "surface", label: "Surface" },
        { value: "curves", label: "Curves" },
      ]}
      onChange={(plate) => preferences.getState().set({ plate: plate === "curves" ? "curves" : "surface" })}
    />
  );
}

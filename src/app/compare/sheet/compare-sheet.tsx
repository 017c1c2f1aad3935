/** The sheet: panes on top, figures in a table below them. */
import { SegmentedControl } from "@mantine/core";
import { useRef } from "react";
import { useStore } from "zustand";
import { EmptyPlate } from "../../chart/figure-plate.tsx";
import { useCompare } from "../../context/compare.ts";
import { formatFixed } from "../../kit/format.ts";
import { Note } from "../../kit/note.tsx";
import { Sym } from "../../kit/symbol.tsx";
import { FigureLegend } from "../../plate/legend.tsx";
import type { Capture } from "../../scene/surface-scene.tsx";
import type { Drawing } from "../../stores/settings/compare-settings.ts";
import { compareCaption } from "../compare-words.ts";
import { CurveSection } from "../curve-section.tsx";
import { DistancesSection } from "../distances-section.tsx";
import { LineSection } from "../line-section.tsx";
import { hasBatchNorm } from "../model-shapes.ts";
import { Panes } from "../panes.tsx";
import { PlaneSection } from "../plane-section.tsx";
import type { Pane } from "../use-panes.ts";
import { ValuesSection } from "../values-section.tsx";
import { SaveMenu } from "./save-menu.tsx";

const drawingNames: readonly { readonly value: Drawing; readonly label: string }[] = [
  { value: "relief", label: "3D" },
  { value: "map", label: "Maps" },
  { value: "line", label: "Lines" },
];

export function CompareSheet({ panes }: { readonly panes: readonly Pane[] }) {
  const compare = useCompare();
  const status = useStore(compare.runs, (state) => state.status);
  const settings = useStore(compare.settings);
  const sheet = useRef<HTMLDivElement>(null);
  const capture = useRef<Capture | null>(null);
  const caption = compareCaption(
    settings,
    panes.map(({ name }) => name.title),
    panes.some(({ run }) => run && hasBatchNorm(run)),
  );
  return (
    <div className="sheet" tabIndex={-1}>
      <div className="sheet-inner compare-inner">
        <header className="sheet-head compare-head">
          <div>
            <h1>Minima side by side</h1>
            <p>
              <CursorWords />
            </p>
          </div>
          {panes.length > 0 && (
            <div className="compare-tools">
              <SegmentedControl
                aria-label="Drawn as"
                value={settings.drawing}
                data={[...drawingNames]}
                onChange={(drawing) => settings.set({ drawing: drawing as Drawing })}
              />
              <SaveMenu
                viewOf={() => ({ panes, settings, caption, sheet: sheet.current!, capture: capture.current })}
              />
            </div>
          )}
        </header>
        {panes.length === 0 && status === "ready" && (
          <EmptyPlate title="Nothing to compare yet">
            <p>Choose two to six of the runs kept in this browser; their surfaces stand here side by side.</p>
          </EmptyPlate>
        )}
        {panes.length > 0 && (
          <figure className="sheet-figure compare-figure" aria-label="Surfaces side by side">
            <div ref={sheet}>
              <Panes panes={panes} capture={capture} />
            </div>
            <SheetLegend panes={panes} />
            <figcaption>
              <b>{caption.title}</b> {caption.text}
            </figcaption>
          </figure>
        )}
        {panes.length > 0 && <ValuesSection panes={panes} />}
        {panes.length > 0 && <DistancesSection panes={panes} />}
        {panes.length > 1 && <LineSection panes={panes} />}
        {panes.length > 1 && <CurveSection panes={panes} />}
        {panes.length > 2 && <PlaneSection panes={panes} />}
      </div>
    </div>
  );
}

function CursorWords() {
  const compare = useCompare();
  const cursor = useStore(compare.figures, (state) => state.cursor);
  const figures = useStore(compare.figures, (state) => state.figures);
  const grid = Object.values(figures)[0]?.grid;
  if (!cursor || !grid) return "Point at a figure: all show the value at the same (α, β).";
  return (
    <>
      All are read at <Sym>α</Sym> = {formatFixed(grid.alpha[cursor.column], 3)}, <Sym>β</Sym> ={" "}
      {formatFixed(grid.beta[cursor.row], 3)}.
    </>
  );
}

function SheetLegend({ panes }: { readonly panes: readonly Pane[] }) {
  const compare = useCompare();
  const { view, drawing, sharedRange } = useStore(compare.settings);
  const figure = panes.find((pane) => pane.figure && !pane.figure.ghost)?.figure;
  if (!figure || drawing === "line") return null;
  return sharedRange ? (
    <div className="compare-legend">
      <FigureLegend figure={figure} colourMap={view.colourMap} />
    </div>
  ) : (
    <Note>Colours run from the smallest to the largest value of every pane.</Note>
  );
}

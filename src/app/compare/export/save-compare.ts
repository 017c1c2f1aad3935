/** Saves the compare view: one drawing of all panes with legend and caption. */
import { svgToPng } from "../../chart/save-figure.ts";
import { groundPicture } from "../../export/export-figure.ts";
import type { CaptionParts } from "../../figure/describe.ts";
import type { Figure } from "../../figure/figure.ts";
import { metricAt, metricNames } from "../../figure/metric.ts";
import { centreCell } from "../../figure/progressive-grid.ts";
import { formatValue } from "../../kit/format.ts";
import { saveFile } from "../../kit/save-file.ts";
import type { CompareSettings } from "../../stores/settings/compare-settings.ts";
import type { PanePlace } from "../pane-place.ts";
import type { SheetCapture } from "../pane-sheet.tsx";
import type { Pane } from "../use-panes.ts";
import { compareSvg, type SvgPane } from "./compare-svg.ts";
import { type BodySize, lineBody, mapBody, reliefBody, type SvgLabel } from "./pane-bodies.ts";

export interface CompareView {
  readonly panes: readonly Pane[];
  readonly settings: CompareSettings;
  readonly caption: CaptionParts;
  /** The element with the panes. */
  readonly sheet: HTMLElement;
  readonly capture: SheetCapture | null;
}

const drawnSize: BodySize = { width: 330, height: 300 };

export async function saveCompare(format: "svg" | "png", view: CompareView): Promise<void> {
  const drawing = drawCompare(view);
  const content = format === "svg" ? new Blob([drawing.text], { type: "image/svg+xml" }) : await svgToPng(drawing);
  saveFile(`basin-compare.${format}`, content);
}

function drawCompare({ panes, settings, caption, sheet, capture }: CompareView) {
  const { drawing, view, sharedRange } = settings;
  const shown = panes.flatMap((pane) => (pane.figure ? [{ ...pane, figure: pane.figure }] : []));
  if (shown.length === 0) throw new Error("No pane is drawn yet.");
  const reliefs = drawing === "relief" ? pictureReliefs(sheet, capture) : null;
  const size = reliefs ? reliefs.size : drawnSize;
  const bodyOf = (figure: Figure, colour: string, index: number) =>
    reliefs
      ? reliefBody(reliefs.pictures[index], reliefs.labels[index], size)
      : drawing === "map"
        ? mapBody(figure, groundPicture(figure, view.colourMap), size)
        : lineBody(figure, colour, size);
  return compareSvg({
    panes: shown.map(
      ({ name, colour, figure }, index): SvgPane => ({
        title: name.title,
        detail: name.detail,
        colour,
        reading: readingOf(figure),
        body: bodyOf(figure, colour, index),
      }),
    ),
    columns: shown.length === 4 ? 2 : Math.min(3, shown.length),
    paneWidth: size.width,
    paneHeight: size.height,
    scaled: sharedRange && drawing !== "line" ? (shown.find(({ figure }) => !figure.ghost)?.figure ?? null) : null,
    colourMap: view.colourMap,
    caption,
  });
}

function readingOf({ grid, metric }: Figure): string {
  const cell = centreCell(grid);
  return cell >= 0 && grid.measured[cell]
    ? `${metricNames[metric]} at θ ${formatValue(metricAt(grid, metric, cell))}`
    : "";
}

/** The panes' parts of the sheet at twice the screen's resolution, and their labels where they stand. */
function pictureReliefs(sheet: HTMLElement, capture: SheetCapture | null) {
  const elements = [...sheet.querySelectorAll<HTMLElement>(".pane-relief")];
  if (!capture || elements.length === 0) throw new Error("The reliefs are not drawn yet.");
  const origin = sheet.getBoundingClientRect();
  const places = elements.map((element): PanePlace => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { left: left - origin.left, top: top - origin.top, width, height };
  });
  let pictures: string[] = [];
  capture((drawn) => {
    const scale = drawn.width / origin.width;
    pictures = places.map((place) => crop(drawn, place, scale));
  });
  return { pictures, labels: elements.map(labelsOf), size: { width: places[0].width, height: places[0].height } };
}

function crop(drawn: HTMLCanvasElement, { left, top, width, height }: PanePlace, scale: number): string {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) throw new Error("The browser gave no canvas to draw on.");
  [context.canvas.width, context.canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  context.drawImage(drawn, -left * scale, -top * scale);
  return context.canvas.toDataURL("image/png");
}

function labelsOf(element: HTMLElement): SvgLabel[] {
  const origin = element.getBoundingClientRect();
  return [...element.querySelectorAll<HTMLElement>(".scene-label")]
    .filter(({ style }) => style.visibility === "visible")
    .map((label) => {
      const { left, top, width, height } = label.getBoundingClientRect();
      const kind = label.classList.contains("scene-label-pin")
        ? "pin"
        : label.classList.contains("scene-label-axis")
          ? "axis"
          : "tick";
      return {
        text: label.textContent ?? "",
        x: left - origin.left + width / 2,
        y: top - origin.top + height / 2,
        kind,
      };
    });
}

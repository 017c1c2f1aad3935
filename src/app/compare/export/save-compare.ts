/** Saves the compare view: one drawing of all panes with legend and caption. */

import { centreCell } from "../../../experiment/progressive-grid.ts";
import { svgToPng } from "../../chart/save-figure.ts";
import { groundPicture } from "../../export/export-figure.ts";
import type { CaptionParts } from "../../figure/describe.ts";
import type { Figure } from "../../figure/figure.ts";
import { metricAt, metricNames } from "../../figure/metric.ts";
import type { RunName } from "../../figure/run-words.ts";
import { formatValue } from "../../kit/format.ts";
import { saveFile } from "../../kit/save-file.ts";
import type { Capture } from "../../scene/surface-scene.tsx";
import type { CompareSettings } from "../../stores/settings/compare-settings.ts";
import { compareSvg, type SvgPane } from "./compare-svg.ts";
import { type BodySize, lineBody, mapBody, reliefBody } from "./pane-bodies.ts";
import { pictureReliefs } from "./relief-pictures.ts";

export interface CompareView {
  readonly panes: readonly {
    readonly name: RunName;
    readonly colour: string;
    readonly figure: Figure | null;
  }[];
  readonly settings: CompareSettings;
  readonly caption: CaptionParts;
  /** The element with the panes. */
  readonly sheet: HTMLElement;
  readonly capture: Capture | null;
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

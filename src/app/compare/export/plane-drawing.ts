/** A plane through models as one drawing for a paper: the relief as it stands, the map with models and path, the caption. */
import type { Drawing } from "../../chart/save-figure.ts";
import { groundPicture } from "../../export/export-figure.ts";
import type { ColourMapName } from "../../figure/colour-maps.ts";
import type { CaptionParts } from "../../figure/describe.ts";
import type { Figure } from "../../figure/figure.ts";
import { metricNames } from "../../figure/metric.ts";
import type { Capture } from "../../scene/surface-scene.tsx";
import { compareSvg, type SvgPane } from "./compare-svg.ts";
import { type MapOverlay, mapBody, reliefBody } from "./pane-bodies.ts";
import { pictureReliefs } from "./relief-pictures.ts";

export interface PlanePicture {
  readonly figure: Figure;
  readonly overlay: MapOverlay;
  readonly colourMap: ColourMapName;
  readonly caption: CaptionParts;
  /** The element with the relief. */
  readonly sheet: HTMLElement | null;
  /** Null where there is no relief, without WebGL. */
  readonly capture: Capture | null;
}

const mapSize = { width: 420, height: 380 };

export function planeDrawing({ figure, overlay, colourMap, caption, sheet, capture }: PlanePicture): Drawing {
  const relief = sheet && capture ? pictureReliefs(sheet, capture) : null;
  const size = relief?.size ?? mapSize;
  const pane = (title: string, body: string): SvgPane => ({ title, detail: "", colour: null, reading: "", body });
  const map = mapBody(figure, groundPicture(figure, colourMap), size, overlay);
  return compareSvg({
    panes: [
      ...(relief ? [pane(metricNames[figure.metric], reliefBody(relief.pictures[0], relief.labels[0], size))] : []),
      pane("From above", map),
    ],
    columns: relief ? 2 : 1,
    paneWidth: size.width,
    paneHeight: size.height,
    scaled: figure.ghost ? null : figure,
    colourMap,
    caption,
  });
}

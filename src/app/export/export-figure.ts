/** Saves the figure on the plate in the chosen format. Values are those measured; nothing interpolated is exported. */
import type { Surface } from "../../experiment/surface.ts";
import { surfaceToCsv, surfaceToJson, surfaceToNpz } from "../../experiment/surface-files.ts";
import { pathToCsv } from "../../experiment/trajectory-files.ts";
import type { LandscapeStores } from "../context/landscape.ts";
import type { SessionStores } from "../context/session.ts";
import { contourSvg } from "../drawing/contour-svg.ts";
import { drawGround } from "../drawing/map-drawing.ts";
import { type ColourMapName, colourTable } from "../figure/colour-maps.ts";
import { type CaptionParts, figureCaption } from "../figure/describe.ts";
import { edgeWords } from "../figure/edge-words.ts";
import type { Figure } from "../figure/figure.ts";
import { figureColours } from "../figure/figure-colours.ts";
import { type ModelLook, overlayCaption } from "../figure/overlay-words.ts";
import { pathCaption, principalRanks } from "../figure/path-words.ts";
import { type Relief, reliefExtent } from "../figure/relief.ts";
import { saveFile } from "../kit/save-file.ts";
import type { Capture } from "../scene/surface-scene.tsx";
import { convexityMethod } from "../stores/convexity-store.ts";
import { shownSurface } from "../stores/shown-surface.ts";
import { composePlate } from "./compose-plate.ts";
import { convexityToCsv, figureAdditions } from "./figure-additions.ts";
import { surfaceToGlb } from "./mesh/gltf.ts";
import { pathLines } from "./mesh/path-lines.ts";
import { surfaceToStl } from "./mesh/stl.ts";
import { surfaceToVtp } from "./mesh/vtp.ts";
import { pathArrays } from "./path-files.ts";

export const exportFormats = [
  { id: "png", title: "Picture with legend and caption (PNG)", only: "surface" },
  { id: "map", title: "Contour map (SVG)", only: "surface" },
  { id: "svg", title: "Drawing (SVG)", only: "line" },
  { id: "csv", title: "Values (CSV)", only: null },
  { id: "npz", title: "Values for NumPy (npz)", only: null },
  { id: "json", title: "Values and settings (JSON)", only: null },
  { id: "glb", title: "Mesh with colours (glTF)", only: "surface" },
  { id: "stl", title: "Solid to print (STL)", only: "surface" },
  { id: "vtp", title: "Mesh for ParaView (vtp)", only: "surface" },
  { id: "convexity", title: "Convexity map (CSV)", only: "convexity" },
  { id: "path", title: "Training path (CSV)", only: "path" },
] as const;
export type ExportFormat = (typeof exportFormats)[number]["id"];

/** The stores behind the figure on the plate. */
export type FigureSources = Pick<LandscapeStores, "surface" | "example" | "figure" | "convexity"> &
  Pick<SessionStores, "settings">;

export async function exportFigure(
  format: ExportFormat,
  stores: FigureSources,
  capture: Capture | null,
): Promise<void> {
  const shown = shownSurface(stores.surface.getState(), stores.example.getState());
  const { figure } = stores.figure.getState();
  if (!shown || !figure) throw new Error("There is no surface to export yet. Measure one first.");
  const { spec, label, settings, report, backend } = shown;
  const measured = figureCaption(spec, settings, label, figure.metric, report, backend);
  const facts = convexityMethod(stores.convexity.getState());
  const path = figure.path ? pathCaption(figure.path, figure.grid, principalRanks(settings)) : "";
  const captionWith = (look: ModelLook): CaptionParts => ({
    ...measured,
    text: [measured.text, edgeWords(figure), overlayCaption(figure, spec, settings, look, facts), path]
      .filter(Boolean)
      .join(" "),
  });
  const name = `basin-${settings.y ? "surface" : "line"}-${figure.metric}`;
  switch (format) {
    case "png": {
      if (!capture) throw new Error("The picture needs the relief, which this browser cannot draw without WebGL 2.");
      const { colourMap } = stores.settings.getState().current.view;
      let plate: HTMLCanvasElement | null = null;
      capture((picture) => {
        plate = composePlate(picture, figure, captionWith("translucent"), colourMap);
      });
      if (plate) saveFile(`${name}.png`, await toPng(plate));
      break;
    }
    case "map": {
      const { colourMap } = stores.settings.getState().current.view;
      const drawing = contourSvg(figure, {
        ground: groundPicture(figure, colourMap),
        colourMap,
        caption: captionWith("dashed"),
      });
      saveFile(`${name}-map.svg`, new Blob([drawing], { type: "image/svg+xml" }));
      break;
    }
    case "svg":
      saveFile(`${name}.svg`, new Blob([serialiseSvg()], { type: "image/svg+xml" }));
      break;
    case "csv":
      saveText(`${name}.csv`, surfaceToCsv(measuredSurface(stores), figureAdditions(figure, facts)), "text/csv");
      break;
    case "npz":
      saveFile(
        `${name}.npz`,
        new Blob([surfaceToNpz(measuredSurface(stores), figure.path ? pathArrays(figure.path) : {})], {
          type: "application/zip",
        }),
      );
      break;
    case "json":
      saveText(
        `${name}.json`,
        surfaceToJson(measuredSurface(stores), figureAdditions(figure, facts)),
        "application/json",
      );
      break;
    case "glb":
      saveFile(`${name}.glb`, new Blob([glbOf(stores, figure, measured.title)], { type: "model/gltf-binary" }));
      break;
    case "stl":
      saveFile(`${name}.stl`, new Blob([surfaceToStl(figure, reliefOf(stores, figure))], { type: "model/stl" }));
      break;
    case "vtp":
      saveText(`${name}.vtp`, surfaceToVtp(figure), "application/xml");
      break;
    case "convexity":
      if (!figure.layer) throw new Error("There is no convexity map on the plate. Measure one first.");
      saveText("basin-convexity.csv", convexityToCsv(figure.layer.values), "text/csv");
      break;
    case "path":
      if (!figure.path) throw new Error("There is no path on the plate. Record one in training.");
      saveText("basin-path.csv", pathToCsv(figure.path), "text/csv");
      break;
  }
}

/** The relief as it stands on the plate. */
function reliefOf(stores: FigureSources, { grid }: Figure): Relief {
  const span = (coordinates: Float64Array) => coordinates[coordinates.length - 1] - coordinates[0];
  return reliefExtent(span(grid.alpha), span(grid.beta), stores.settings.getState().current.view.verticalScale);
}

function glbOf(stores: FigureSources, figure: Figure, title: string): Uint8Array<ArrayBuffer> {
  const { colourMap } = stores.settings.getState().current.view;
  const colours = colourTable(colourMap, figure.metric === "accuracy");
  const relief = reliefOf(stores, figure);
  return surfaceToGlb(figure, relief, colours, title, pathLines(figure, relief));
}

const saveText = (name: string, text: string, type: string) => saveFile(name, new Blob([text], { type }));

/** Whole or partial; a stream that goes on has no report yet. */
function measuredSurface(stores: FigureSources): Surface {
  const { grid, report } = shownSurface(stores.surface.getState(), stores.example.getState()) ?? {};
  if (!grid || !report)
    throw new Error("The values are still coming. Wait until the end, or cancel and keep what is measured.");
  return { values: grid, report };
}

/** The map's colours without its contours, on white paper. */
export function groundPicture(figure: Figure, colourMap: ColourMapName): string {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) throw new Error("The browser gave no canvas to draw on.");
  [context.canvas.width, context.canvas.height] = [figure.display.columns * 4, figure.display.rows * 4];
  const palette = { paper: [1, 1, 1], ink: [0.09, 0.11, 0.13] } as const;
  drawGround(context, figure, figureColours(figure, colourMap), palette);
  return context.canvas.toDataURL("image/png");
}

function toPng(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("The browser could not encode the picture."))),
      "image/png",
    );
  });
}

/** The line plot as it stands, with its colours written out. */
function serialiseSvg(): string {
  const drawn = document.querySelector<SVGSVGElement>(".line-figure svg");
  if (!drawn) throw new Error("There is no line on the plate.");
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  const originals = [drawn, ...drawn.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  const properties = [
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linejoin",
    "stroke-linecap",
    "visibility",
    "opacity",
    "font-family",
    "font-size",
    "font-style",
  ];
  originals.forEach((element, index) => {
    const style = getComputedStyle(element);
    for (const property of properties) copies[index].setAttribute(property, style.getPropertyValue(property));
    copies[index].removeAttribute("class");
  });
  const { width, height } = drawn.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
  return new XMLSerializer().serializeToString(copy);
}

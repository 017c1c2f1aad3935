/** Saves the figure on the plate in the chosen format. Values are those measured; nothing interpolated is exported. */
import type { Surface } from "../../experiment/surface.ts";
import { surfaceToCsv, surfaceToJson, surfaceToNpz } from "../../experiment/surface-files.ts";
import type { AppStores } from "../app-stores.ts";
import { figureCaption } from "../figure/describe.ts";
import { composePlate } from "./compose-plate.ts";
import { saveFile } from "./save-file.ts";

export const exportFormats = [
  { id: "png", title: "Picture with legend and caption (PNG)", only: "surface" },
  { id: "svg", title: "Drawing (SVG)", only: "line" },
  { id: "csv", title: "Values (CSV)", only: null },
  { id: "npz", title: "Values for NumPy (npz)", only: null },
  { id: "json", title: "Values and settings (JSON)", only: null },
] as const;
export type ExportFormat = (typeof exportFormats)[number]["id"];

export async function exportFigure(
  format: ExportFormat,
  stores: AppStores,
  capture: (() => HTMLCanvasElement) | null,
): Promise<void> {
  const { source, settings, report, backend } = stores.surface.getState();
  const { figure } = stores.figure.getState();
  if (!source || !settings || !figure) throw new Error("There is no surface to export yet. Measure one first.");
  const caption = figureCaption(source.spec, settings, source.label, figure.metric, report, backend);
  const name = `basin-${settings.y ? "surface" : "line"}-${figure.metric}`;
  switch (format) {
    case "png": {
      if (!capture) throw new Error("The picture needs the relief, which this browser cannot draw without WebGL 2.");
      const plate = composePlate(capture(), figure, caption, stores.settings.getState().current.view.colourMap);
      saveFile(`${name}.png`, await toPng(plate));
      break;
    }
    case "svg":
      saveFile(`${name}.svg`, new Blob([serialiseSvg()], { type: "image/svg+xml" }));
      break;
    case "csv":
      saveFile(`${name}.csv`, new Blob([surfaceToCsv(measuredSurface(stores))], { type: "text/csv" }));
      break;
    case "npz":
      saveFile(`${name}.npz`, new Blob([surfaceToNpz(measuredSurface(stores))], { type: "application/zip" }));
      break;
    case "json":
      saveFile(`${name}.json`, new Blob([surfaceToJson(measuredSurface(stores))], { type: "application/json" }));
      break;
  }
}

/** Whole or partial; a stream that goes on has no report yet. */
function measuredSurface(stores: AppStores): Surface {
  const { grid, report } = stores.surface.getState();
  if (!grid || !report)
    throw new Error("The values are still coming. Wait until the end, or cancel and keep what is measured.");
  return { values: grid, report };
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

/** Saves a figure: the drawing with its caption, as it stands or for a paper, and the values behind it. */
import { saveFile } from "../kit/save-file.ts";
import type { ColourScheme } from "./svg-document.ts";

export const figureFormats = [
  { id: "svg", title: "Drawing for print (SVG)" },
  { id: "png", title: "Picture with caption (PNG)" },
  { id: "csv", title: "Values (CSV)" },
] as const;
export type FigureFormat = (typeof figureFormats)[number]["id"];

export interface FigureContent {
  readonly name: string;
  /** The values as CSV. */
  readonly csv: string;
  /** The drawing with its caption. Throws where there is nothing drawn yet. */
  readonly draw: (scheme: ColourScheme) => Drawing;
}

const pngScale = 2;

/** An SVG is always dark on white; a PNG has the page's colours. Rejects when the browser cannot draw it. */
export async function saveFigure(format: FigureFormat, { name, csv, draw }: FigureContent): Promise<void> {
  if (format === "csv") {
    saveFile(`basin-${name}.csv`, new Blob([csv], { type: "text/csv" }));
    return;
  }
  const scheme: ColourScheme =
    format === "png" && document.documentElement.dataset.mantineColorScheme === "dark" ? "dark" : "light";
  const drawing = draw(scheme);
  const content = format === "svg" ? new Blob([drawing.text], { type: "image/svg+xml" }) : await svgToPng(drawing);
  saveFile(`basin-${name}.${format}`, content);
}

export interface Drawing {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

export async function svgToPng({ text, width, height }: Drawing): Promise<Blob> {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(width * pngScale), Math.round(height * pngScale)];
  const context = canvas.getContext("2d");
  if (!context) throw new Error("The browser gave no canvas to draw on.");
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("The browser could not encode the picture."))),
      "image/png",
    );
  });
}

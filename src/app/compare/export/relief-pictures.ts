/** Pictures of the reliefs on a sheet of panes, each with its labels as text. */
import type { Capture } from "../../scene/surface-scene.tsx";
import type { BodySize, SvgLabel } from "./pane-bodies.ts";

type Place = Pick<DOMRect, "left" | "top" | "width" | "height">;

export interface ReliefPictures {
  readonly size: BodySize;
  /** Data URLs in the order of the panes. */
  readonly pictures: readonly string[];
  readonly labels: readonly (readonly SvgLabel[])[];
}

/** The panes' parts of the sheet at twice the screen's resolution, and their labels where they stand. */
export function pictureReliefs(sheet: HTMLElement, capture: Capture | null): ReliefPictures {
  const elements = [...sheet.querySelectorAll<HTMLElement>(".pane-relief")];
  if (!capture || elements.length === 0) throw new Error("The reliefs are not drawn yet.");
  const origin = sheet.getBoundingClientRect();
  const places = elements.map((element): Place => {
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

function crop(drawn: HTMLCanvasElement, { left, top, width, height }: Place, scale: number): string {
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

/** A figure's drawing as an SVG document of its own: styles written out, paper below, the caption beneath. */
import { wrapText } from "../drawing/contour-svg.ts";
import type { CaptionParts } from "../figure/describe.ts";

export type ColourScheme = "light" | "dark";

const namespace = "http://www.w3.org/2000/svg";
const margin = 16;
const lineHeight = 18;
/** Mean width of the caption's letters, in pixels, at a size of 13. */
const letterWidth = 6.4;

const properties = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  "stroke-opacity",
  "opacity",
  "font-family",
  "font-size",
  "font-style",
  "font-weight",
] as const;

export function svgDocument(
  drawn: SVGSVGElement,
  caption: CaptionParts,
  scheme: ColourScheme,
): { readonly text: string; readonly width: number; readonly height: number } {
  const { width: drawnWidth, height: drawnHeight } = drawn.getBoundingClientRect();
  const lines = wrapText(`${caption.title} ${caption.text}`, Math.floor(drawnWidth / letterWidth));
  const width = Math.ceil(drawnWidth + 2 * margin);
  const height = Math.ceil(drawnHeight + 3 * margin + lines.length * lineHeight);
  // The clone stands in an element of the wanted scheme while its styles are read.
  const host = document.createElement("div");
  host.dataset.mantineColorScheme = scheme;
  host.style.cssText = "position: absolute; left: -99999px; top: 0; color: var(--ink)";
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  host.append(copy);
  document.body.append(host);
  try {
    const ink = getComputedStyle(host).color;
    const paper = scheme === "light" ? "#ffffff" : getComputedStyle(host).getPropertyValue("--panel").trim();
    const font = getComputedStyle(document.body).fontFamily;
    for (const element of copy.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      for (const property of properties) element.setAttribute(property, style.getPropertyValue(property));
    }
    for (const element of copy.querySelectorAll("*")) {
      element.removeAttribute("class");
      element.removeAttribute("style");
    }
    const root = document.createElementNS(namespace, "svg");
    root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    root.setAttribute("width", String(width));
    root.setAttribute("height", String(height));
    root.append(titleElement(caption.title), rectangle(width, height, paper));
    const figure = document.createElementNS(namespace, "g");
    figure.setAttribute("transform", `translate(${margin} ${margin})`);
    figure.append(...copy.childNodes);
    root.append(figure);
    lines.forEach((line, index) => {
      const text = document.createElementNS(namespace, "text");
      text.setAttribute("x", String(margin));
      text.setAttribute("y", String(drawnHeight + 2 * margin + 12 + index * lineHeight));
      text.setAttribute("font-family", font);
      text.setAttribute("font-size", "13px");
      text.setAttribute("fill", ink);
      text.textContent = line;
      root.append(text);
    });
    return { text: new XMLSerializer().serializeToString(root), width, height };
  } finally {
    host.remove();
  }
}

function titleElement(text: string): SVGTitleElement {
  const title = document.createElementNS(namespace, "title");
  title.textContent = text;
  return title;
}

function rectangle(width: number, height: number, fill: string): SVGRectElement {
  const paper = document.createElementNS(namespace, "rect");
  paper.setAttribute("width", String(width));
  paper.setAttribute("height", String(height));
  paper.setAttribute("fill", fill);
  return paper;
}

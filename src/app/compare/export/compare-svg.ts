/** The compared runs as one SVG document for a paper: panes in a grid, one legend, one caption. Strings only. */
import { escapeXml, legend, wrapText } from "../../drawing/contour-svg.ts";
import type { ColourMapName } from "../../figure/colour-maps.ts";
import type { CaptionParts } from "../../figure/describe.ts";
import type { Figure } from "../../figure/figure.ts";

export interface SvgPane {
  readonly title: string;
  readonly detail: string;
  /** The colour of a dot before the title; null for no dot. */
  readonly colour: string | null;
  /** The value at the run itself: "Loss at θ 0.123". */
  readonly reading: string;
  /** What stands below the head, in a box of the pane's size whose corner is the origin. */
  readonly body: string;
}

export interface SvgSheet {
  readonly panes: readonly SvgPane[];
  readonly columns: number;
  /** Width of a pane's body, in pixels. */
  readonly paneWidth: number;
  readonly paneHeight: number;
  /** The figure whose scale the legend shows; null for no legend. */
  readonly scaled: Figure | null;
  readonly colourMap: ColourMapName;
  readonly caption: CaptionParts;
}

export interface SvgText {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

const margin = 24;
const gap = 18;
const headHeight = 40;
const legendHeight = 56;
/** Mean width of the caption's letters, in pixels, at a size of 12. */
const letterWidth = 5.9;
const lineHeight = 17;

export function compareSvg({ panes, columns, paneWidth, paneHeight, scaled, colourMap, caption }: SvgSheet): SvgText {
  const rows = Math.ceil(panes.length / columns);
  const width = Math.round(2 * margin + columns * paneWidth + (columns - 1) * gap);
  const legendTop = margin + rows * (headHeight + paneHeight + gap) + 4;
  const captionTop = legendTop + (scaled ? legendHeight : 12);
  const lines = wrapText(`${caption.title} ${caption.text}`, Math.floor((width - 2 * margin) / letterWidth));
  const height = Math.round(captionTop + lines.length * lineHeight + margin);
  const drawn = panes.map((pane, index) => {
    const x = margin + (index % columns) * (paneWidth + gap);
    const indent = pane.colour ? 17 : 0;
    const y = margin + Math.floor(index / columns) * (headHeight + paneHeight + gap);
    return [
      `<g transform="translate(${x} ${y})">`,
      pane.colour ? `<circle cx="6" cy="8" r="5" fill="${pane.colour}"/>` : "",
      `<text x="${indent}" y="12" font-weight="bold">${escapeXml(pane.title)}</text>`,
      `<text x="${indent}" y="28" fill="#414b53">${escapeXml(pane.detail)}</text>`,
      `<text x="${paneWidth}" y="12" text-anchor="end">${escapeXml(pane.reading)}</text>`,
      `<g transform="translate(0 ${headHeight})">${pane.body}</g>`,
      "</g>",
    ].join("\n");
  });
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#171c21">`,
    `<title>${escapeXml(caption.title)}</title>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...drawn,
    scaled ? `<g transform="translate(${margin - 56 + 12} 0)">${legend(scaled, colourMap, legendTop)}</g>` : "",
    ...lines.map(
      (line, index) => `<text x="${margin}" y="${captionTop + 12 + index * lineHeight}">${escapeXml(line)}</text>`,
    ),
    "</svg>",
  ].join("\n");
  return { text, width, height };
}

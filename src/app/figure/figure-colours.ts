/** Which colours a figure is drawn in, whatever draws it. */
import { type ColourMapName, colourTable, convexityColours, cssGradient } from "./colour-maps.ts";
import type { Figure } from "./figure.ts";

/** 256 RGBA colours of what the colours stand for, from its least to its largest value. */
export function figureColours({ layer, metric }: Pick<Figure, "layer" | "metric">, colourMap: ColourMapName) {
  return layer ? colourTable(convexityColours) : colourTable(colourMap, metric === "accuracy");
}

/** How much of the interpolated colour shows where nothing is measured: a breath where it is interpolated from nothing. */
export function unmeasuredOpacity({ ghost, layer }: Pick<Figure, "ghost" | "layer">): number {
  return ghost || layer?.measuredCount === 0 ? 0.04 : 0.42;
}

/** The same as stops of a gradient, in CSS colours. */
export function figureStops({ layer, metric }: Pick<Figure, "layer" | "metric">, colourMap: ColourMapName): string[] {
  const gradient = layer ? cssGradient(convexityColours) : cssGradient(colourMap, metric === "accuracy");
  return gradient.split(/, (?=rgb)/);
}

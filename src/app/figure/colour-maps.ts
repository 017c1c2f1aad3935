/** The colour maps: perceptually uniform and safe for colour-blind readers. */
import { interpolateCividis, interpolateMagma, interpolateViridis } from "d3-scale-chromatic";

export const colourMapNames = ["viridis", "cividis"] as const;
export type ColourMapName = (typeof colourMapNames)[number];

/** Colours of the convexity map, unlike any that stand for heights: pale where convex. */
export const convexityColours = "magma reversed";
type TableName = ColourMapName | typeof convexityColours;

const interpolators: Readonly<Record<TableName, (t: number) => string>> = {
  viridis: interpolateViridis,
  cividis: interpolateCividis,
  // Without its black end, in which the hillshade would be lost.
  [convexityColours]: (t) => interpolateMagma(1 - 0.85 * t),
};

const tables = new Map<string, Uint8Array<ArrayBuffer>>();

/** 256 RGBA colours, sRGB bytes, not to be written to. Reversed where small values are the good ones' opposite (accuracy). */
export function colourTable(name: TableName, reversed = false): Uint8Array<ArrayBuffer> {
  const key = `${name} ${reversed}`;
  const known = tables.get(key);
  if (known) return known;
  const table = new Uint8Array(256 * 4);
  for (let index = 0; index < 256; index++) {
    const t = index / 255;
    table.set([...parseColour(interpolators[name](reversed ? 1 - t : t)), 255], index * 4);
  }
  tables.set(key, table);
  return table;
}

/** d3 gives "#rrggbb" for tabulated maps and "rgb(r, g, b)" for computed ones. */
function parseColour(text: string): [number, number, number] {
  if (text.startsWith("#")) {
    const value = Number.parseInt(text.slice(1), 16);
    return [value >> 16, (value >> 8) & 255, value & 255];
  }
  const [red, green, blue] = text.match(/\d+/g)!.map(Number) as [number, number, number];
  return [red, green, blue];
}

export function cssGradient(name: TableName, reversed = false): string {
  const table = colourTable(name, reversed);
  const stops = Array.from({ length: 17 }, (_, index) => {
    const at = Math.round((index / 16) * 255) * 4;
    return `rgb(${table[at]} ${table[at + 1]} ${table[at + 2]})`;
  });
  return stops.join(", ");
}

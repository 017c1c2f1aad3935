/** Values of a sweep's axis as a person types them: "1–3, 7", "0.02, 0.05", "64×32, 128", "on, off". */
import type { SweepAxis } from "../../../experiment/sweep-axes.ts";

import { readDecimal } from "../../kit/read-number.ts";

/** More than a sweep may have: enough to be told so. */
const maxRangeValues = 200;

/** What was typed, for `parseSweep` to judge: what can't be read stays a text. */
export function axisValues({ kind }: Pick<SweepAxis, "kind">, text: string): unknown[] {
  const items = text
    .split(kind.kind === "list" ? /[,;]/ : /[,;\s]+/)
    .map((item) => item.trim())
    .filter(Boolean);
  switch (kind.kind) {
    case "switch":
      return items.map((item) => ({ on: true, off: false })[item] ?? item);
    case "list":
      return items.map(layerUnits);
    case "choice":
      return typeof kind.values[0] === "number" ? items.map(numberOf) : items;
    case "number":
      return items.flatMap((item) => (kind.isInteger && rangeOf(item)) || [numberOf(item)]);
  }
}

/** "1–4" and "1-4" as 1, 2, 3, 4; null for anything else. */
function rangeOf(item: string): number[] | null {
  const ends = /^(\d+)[–-](\d+)$/.exec(item)?.slice(1).map(Number);
  if (!ends || ends[1] < ends[0]) return null;
  const count = Math.min(maxRangeValues, ends[1] - ends[0] + 1);
  return Array.from({ length: count }, (_, index) => ends[0] + index);
}

const numberOf = (item: string): unknown => readDecimal(item) ?? item;

const layerUnits = (item: string): unknown[] => (item === "none" ? [] : item.split(/\s*[×x–-]\s*|\s+/).map(numberOf));

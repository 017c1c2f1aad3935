/** Values of a sweep's axis as a person types them: "1–3, 7", "0.02, 0.05", "64×32, 128", "on, off". */
import type { AxisName } from "../../../experiment/sweep.ts";

/** More than a sweep may have: enough to be told so. */
const maxRangeValues = 200;

const wholeNumbers: readonly AxisName[] = ["seed", "orderSeed", "batchSize"];

/** What was typed, for `parseSweep` to judge: what can't be read stays a text. */
export function axisValues(axis: AxisName, text: string): unknown[] {
  const items = text
    .split(axis === "hidden" ? /[,;]/ : /[,;\s]+/)
    .map((item) => item.trim())
    .filter(Boolean);
  if (axis === "scheme" || axis === "optimizer") return items;
  if (axis === "batchNorm") return items.map((item) => ({ on: true, off: false })[item] ?? item);
  if (axis === "hidden") return items.map(layerUnits);
  return items.flatMap((item) => (wholeNumbers.includes(axis) && rangeOf(item)) || [numberOf(item)]);
}

/** "1–4" and "1-4" as 1, 2, 3, 4; null for anything else. */
function rangeOf(item: string): number[] | null {
  const ends = /^(\d+)[–-](\d+)$/.exec(item)?.slice(1).map(Number);
  if (!ends || ends[1] < ends[0]) return null;
  const count = Math.min(maxRangeValues, ends[1] - ends[0] + 1);
  return Array.from({ length: count }, (_, index) => ends[0] + index);
}

const numberOf = (item: string): unknown => (Number.isNaN(Number(item)) ? item : Number(item));

const layerUnits = (item: string): unknown[] => (item === "none" ? [] : item.split(/\s*[×x–-]\s*|\s+/).map(numberOf));

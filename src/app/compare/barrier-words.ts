/** The rise of the loss between two models in words. */
import type { Barrier } from "../../experiment/comparison.ts";
import { formatFixed, formatValue } from "../kit/format.ts";

export function barrierWords(name: string, { height, t }: Barrier): string {
  if (Number.isNaN(height)) return `${name}: the loss is not finite on the way.`;
  return height > 0 ? `${name} ${formatValue(height)} at t = ${formatFixed(t, 2)}.` : `${name}: none.`;
}

/** The cost of a measurement in a line. */
import { aboutDuration, formatCount, formatFlop } from "../../kit/format.ts";
import type { Price } from "../use-subject.ts";

/** "up to 400 products ≈ 3.8 TFLOP, about 40 s on this device" */
export function costWords(products: number, { product, speed }: Price, upTo = false): string {
  const count = `${upTo ? "up to " : ""}${formatCount(products)} products`;
  if (!product) return count;
  const flop = product.flop * products;
  return `${count} ${product.isExact ? "=" : "≈"} ${formatFlop(flop)}${speed ? `, ${aboutDuration(flop / speed)} on this device` : ""}`;
}

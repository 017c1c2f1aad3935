/** The cost of a measurement in a line. */
import { aboutDuration, formatCount, formatDuration, formatFlop } from "../../kit/format.ts";
import type { Price } from "../use-subject.ts";

/** "400 products ≈ 3.8 TFLOP, about 40 s on this device" */
export function costWords(products: number, price: Price): string {
  return `${formatCount(products)} products${workWords([products], price)}`;
}

/** "usually 30 to 52 products ≈ 0.3 TFLOP to 0.5 TFLOP, about 3 s to 5 s on this device; never more than 400" */
export function costRangeWords(
  { fewest, most }: { readonly fewest: number; readonly most: number },
  limit: number,
  price: Price,
): string {
  if (fewest >= limit) return `up to ${costWords(limit, price)}`;
  const range = `usually ${formatCount(fewest)} to ${formatCount(most)} products`;
  return `${range}${workWords([fewest, most], price)}; never more than ${formatCount(limit)}`;
}

/** Work and time of a number of products, or from one to another. */
function workWords(products: readonly [number] | readonly [number, number], { product, speed }: Price): string {
  if (!product) return "";
  const flops = products.map((count) => count * product.flop);
  const work = flops.map(formatFlop).join(" to ");
  const [first, ...rest] = speed ? flops.map((flop) => flop / speed) : [];
  const time =
    first === undefined ? "" : `, ${[aboutDuration(first), ...rest.map(formatDuration)].join(" to ")} on this device`;
  return ` ${product.isExact ? "=" : "≈"} ${work}${time}`;
}

/** Names of a sweep's runs, made of what differs between them. */
import type { AxisName, AxisValue } from "./sweep.ts";

interface Change {
  readonly axis: AxisName;
  readonly value: AxisValue;
}

/** Axes whose values don't say of what they are. */
const words: Readonly<Partial<Record<AxisName, string>>> = {
  std: "σ",
  learningRate: "rate",
  batchSize: "batch",
  width: "width",
  orderSeed: "order",
  seed: "seed",
};

/** "σ 0.05, seed 2". */
export const nameOfRun = (changes: readonly Change[]): string => changes.map(nameOf).join(", ");

/** "std-0.05_seed-2": letters, digits, dots, dashes and underscores. */
export const slugOfRun = (changes: readonly Change[]): string =>
  changes.map(({ axis, value }) => `${axis}-${Array.isArray(value) ? value.join("x") || "none" : value}`).join("_");

function nameOf({ axis, value }: Change): string {
  if (axis === "batchNorm") return value ? "BatchNorm" : "no BatchNorm";
  if (Array.isArray(value)) return value.length > 0 ? `hidden ${value.join("×")}` : "no hidden layer";
  return axis in words ? `${words[axis]} ${value}` : String(value);
}

/** Names of a sweep's runs, made of what differs between them. */
import type { FieldWords } from "../architectures/architecture.ts";
import type { ModelSpec } from "../architectures/specs.ts";
import { type AxisName, type AxisValue, sweepAxis } from "./sweep-axes.ts";

interface Change {
  readonly axis: AxisName;
  readonly value: AxisValue;
}

/** "σ 0.05, seed 2", of a sweep over `model`. */
export const nameOfRun = (model: Pick<ModelSpec, "name">, changes: readonly Change[]): string =>
  changes.map(({ axis, value }) => nameOf(sweepAxis(axis, model).words, value)).join(", ");

function nameOf({ word, say }: FieldWords<AxisValue>, value: AxisValue): string {
  if (say) return say(value);
  return typeof value === "boolean" ? `${value ? "" : "no "}${word}` : `${word} ${value}`;
}

/** "std-0.05_seed-2": letters, digits, dots, dashes and underscores. */
export const slugOfRun = (changes: readonly Change[]): string =>
  changes.map(({ axis, value }) => `${axis}-${Array.isArray(value) ? value.join("x") || "none" : value}`).join("_");

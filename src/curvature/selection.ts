/** Which of a model's parameters a curvature is of. */
import type { Layout, LayoutEntry } from "../models/layout.ts";
import { CurvatureError } from "./curvature-error.ts";
import type { Span } from "./operator.ts";

/** A name, or a glob in which * stands for anything, dots included: `features.*.weight`. */
const patternToRegExp = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);

/**
 * The tensors whose names match one of `patterns`, in the layout's order; all of them without patterns. Throws
 * CurvatureError naming a pattern that matches none.
 */
export function selectTensors({ entries }: Layout, patterns?: readonly string[]): readonly LayoutEntry[] {
  if (patterns === undefined) return entries;
  const known = entries.map(({ name }) => name).join(", ");
  if (patterns.length === 0) {
    throw new CurvatureError(`No parameters are selected. Name at least one of ${known}, or leave the selection out.`);
  }
  const selected = new Set<LayoutEntry>();
  for (const pattern of patterns) {
    const expression = patternToRegExp(pattern);
    const matching = entries.filter(({ name }) => expression.test(name));
    if (matching.length === 0) throw new CurvatureError(`No parameter is named "${pattern}". There are: ${known}.`);
    for (const entry of matching) selected.add(entry);
  }
  return entries.filter((entry) => selected.has(entry));
}

/** Their places in the flat vector: ascending, tensors that touch as one. */
export function spansOf(entries: readonly LayoutEntry[]): Span[] {
  const spans: Span[] = [];
  for (const { offset: start, length } of entries) {
    const last = spans.at(-1);
    if (last && last.start + last.length === start)
      spans[spans.length - 1] = { start: last.start, length: last.length + length };
    else spans.push({ start, length });
  }
  return spans;
}

/** Values of a sweep's axis that are ticked and not typed. */
import type { FieldWords } from "../../architectures/architecture.ts";
import type { ValueKind } from "../../architectures/value-kind.ts";

export interface AxisChoice {
  /** The value written like the draft's text. */
  readonly value: string;
  readonly label: string;
}

/** Null for values that are typed: numbers and lists. */
export function axisChoices(
  kind: ValueKind,
  { choices = {} }: Pick<FieldWords<never>, "choices">,
): AxisChoice[] | null {
  if (kind.kind === "switch")
    return [
      { value: "on", label: "With" },
      { value: "off", label: "Without" },
    ];
  if (kind.kind !== "choice") return null;
  const texts = kind.values.filter((value) => typeof value === "string");
  return texts.length > 0 ? texts.map((value) => ({ value, label: choices[value] ?? value })) : null;
}

/** A field of several numbers joined by commas. */
import { useId } from "react";
import type { NumberListRange } from "../../experiment/number-range.ts";
import { DraftInput } from "./draft-input.tsx";
import { Field } from "./field.tsx";
import { readNumbers } from "./read-number.ts";
import { useDraft } from "./use-draft.ts";

export interface NumberListFieldProps {
  readonly label: string;
  readonly value: readonly number[];
  readonly range: NumberListRange;
  readonly placeholder: string;
  /** A rule that the list in use breaks: what would do, as a sentence. */
  readonly refusal?: string | null;
  readonly onChange: (values: readonly number[]) => void;
}

export function NumberListField({ label, value, range, onChange, ...input }: NumberListFieldProps) {
  const id = useId();
  const draft = useDraft({
    name: label,
    value,
    format: (values) => values.join(", "),
    read: (text) => readNumbers(text, range),
    onChange,
  });
  return (
    <Field label={label} htmlFor={id}>
      <DraftInput {...input} id={id} name={label} draft={draft} />
    </Field>
  );
}

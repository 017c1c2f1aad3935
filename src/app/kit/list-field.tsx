/** A field of texts joined by commas, taken over on Enter or on leaving it. */
import { TextInput } from "@mantine/core";
import { useId, useState } from "react";
import { Field } from "./field.tsx";

export interface ListFieldProps {
  readonly label: string;
  readonly value: readonly string[];
  readonly placeholder: string;
  readonly error: string | null;
  /** Items without blanks around them, empty ones left out. */
  readonly onChange: (items: readonly string[]) => void;
}

export function ListField({ label, value, placeholder, error, onChange }: ListFieldProps) {
  const id = useId();
  const text = value.join(", ");
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft === null) return;
    const items = draft.split(/[\s,]+/).filter(Boolean);
    setDraft(null);
    if (items.join() !== value.join()) onChange(items);
  };
  return (
    <Field label={label} htmlFor={id}>
      <TextInput
        id={id}
        value={draft ?? text}
        placeholder={placeholder}
        error={error !== null}
        spellCheck={false}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
        }}
      />
    </Field>
  );
}

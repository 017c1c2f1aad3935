/** The text field of a draft: its mark and its message where it stands for no value, Escape for the value in use. */
import { TextInput } from "@mantine/core";
import type { KeyboardEvent, ReactNode } from "react";
import classes from "./draft-input.module.css";
import type { Draft } from "./use-draft.ts";

export interface DraftInputProps {
  readonly draft: Draft;
  /** For a label that stands elsewhere; without it the field is named by `name`. */
  readonly id?: string;
  readonly name: string;
  /** A rule that the value in use breaks, as a sentence that says what would do. */
  readonly refusal?: string | null;
  readonly placeholder?: string;
  readonly inputMode?: "numeric" | "text";
  readonly rightSection?: ReactNode;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}

export function DraftInput({ draft, id, name, refusal = null, onKeyDown, ...input }: DraftInputProps) {
  const { text, type, leave, revert } = draft;
  return (
    <TextInput
      {...(id ? { id } : { "aria-label": name })}
      {...input}
      classNames={classes}
      value={text}
      error={draft.remedy ?? refusal}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === "Enter") leave();
        if (event.key === "Escape") revert();
        onKeyDown?.(event);
      }}
    />
  );
}

/**
 * A field's text between what is typed and what is used. A text with a value is taken over at once. One without leaves the
 * value from before the typing, stays where it stands, is marked when the field is left, and is reported, so that nothing
 * runs on a value that is not shown.
 */
import { useState } from "react";
import { useReportFault } from "./field-faults.tsx";
import type { Reading } from "./read-number.ts";

export interface DraftOptions<T> {
  readonly name: string;
  readonly value: T;
  readonly format: (value: T) => string;
  readonly read: (text: string) => Reading<T>;
  readonly onChange: (value: T) => void;
}

export interface Draft {
  readonly text: string;
  /** What to type instead, once the field has been left; null while nothing is to be said. */
  readonly remedy: string | null;
  readonly type: (text: string) => void;
  readonly leave: () => void;
  /** Back to the value in use. */
  readonly revert: () => void;
}

interface Typed<T> {
  readonly text: string;
  /** The value in use before the typing began: the one kept where it comes to nothing. */
  readonly before: T;
  /** The value in use while it was typed, as text: a change of it from elsewhere ends the draft. */
  readonly over: string;
  readonly isLeft: boolean;
}

export function useDraft<T>({ name, value, format, read, onChange }: DraftOptions<T>): Draft {
  const [typed, setTyped] = useState<Typed<T> | null>(null);
  const used = format(value);
  const current = typed?.over === used ? typed : null;
  const text = current?.text ?? used;
  const reading = current && read(text);
  const remedy = reading && "remedy" in reading ? reading.remedy : null;
  useReportFault(name, text, remedy, used);
  return {
    text,
    remedy: current?.isLeft ? remedy : null,
    type(next) {
      const found = read(next);
      const isSound = "value" in found;
      const before = current ? current.before : value;
      const taken = isSound ? found.value : before;
      const over = format(taken);
      setTyped({ text: next, before, over, isLeft: !isSound && (current?.isLeft ?? false) });
      if (over !== used) onChange(taken);
    },
    leave: () => setTyped(current && remedy !== null ? { ...current, isLeft: true } : null),
    revert: () => setTyped(null),
  };
}

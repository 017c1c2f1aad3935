/** The page's one field for a number: decimals and powers of ten as typed, arrow keys, a range that it takes from a schema. */
import { UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useId } from "react";
import type { NumberRange } from "../../experiment/number-range.ts";
import { DraftInput } from "./draft-input.tsx";
import { Field } from "./field.tsx";
import classes from "./number-input.module.css";
import { readNumber, readOptionalNumber } from "./read-number.ts";
import { type Step, stepNumber } from "./step-number.ts";
import { useDraft } from "./use-draft.ts";

export interface NumberInputProps {
  /** What messages call it, and its name where no label stands before it. */
  readonly name: string;
  readonly id?: string;
  readonly value: number;
  readonly range: NumberRange;
  readonly step?: Step;
  /** A rule over several fields that the value breaks: what would do, as a sentence. */
  readonly refusal?: string | null;
  readonly onChange: (value: number) => void;
}

/** A number without a label of its own. */
export function NumberInput({ name, value, range, step = 1, onChange, ...input }: NumberInputProps) {
  const draft = useDraft({ name, value, format: String, read: (text) => readNumber(text, range), onChange });
  const move = (direction: 1 | -1) => {
    draft.revert();
    const next = stepNumber(value, step, direction, range);
    if (next !== value) onChange(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    move(event.key === "ArrowUp" ? 1 : -1);
  };
  const isPlain = range.type === "integer" && (range.minimum ?? -1) >= 0;
  return (
    <DraftInput
      {...input}
      name={name}
      draft={draft}
      inputMode={isPlain ? "numeric" : "text"}
      rightSection={<Steppers move={move} />}
      onKeyDown={onKeyDown}
    />
  );
}

/** For the mouse; the keyboard has its arrows. */
function Steppers({ move }: { readonly move: (direction: 1 | -1) => void }) {
  return (
    <div className={classes.steppers} aria-hidden>
      <UnstyledButton tabIndex={-1} className={classes.stepper} onClick={() => move(1)}>
        <IconChevronUp size={10} />
      </UnstyledButton>
      <UnstyledButton tabIndex={-1} className={classes.stepper} onClick={() => move(-1)}>
        <IconChevronDown size={10} />
      </UnstyledButton>
    </div>
  );
}

export interface NumberFieldProps extends Omit<NumberInputProps, "name" | "id"> {
  readonly label: string;
}

export function NumberField({ label, ...input }: NumberFieldProps) {
  const id = useId();
  return (
    <Field label={label} htmlFor={id}>
      <NumberInput id={id} name={label} {...input} />
    </Field>
  );
}

export interface OptionalNumberInputProps {
  readonly name: string;
  readonly value: number | null;
  readonly range: NumberRange;
  readonly placeholder: string;
  readonly refusal?: string | null;
  readonly onChange: (value: number | null) => void;
}

/** A number that may be left out: an empty field is null. */
export function OptionalNumberInput({ name, value, range, onChange, ...input }: OptionalNumberInputProps) {
  const draft = useDraft({
    name,
    value,
    format: (number) => (number === null ? "" : String(number)),
    read: (text) => readOptionalNumber(text, range),
    onChange,
  });
  return <DraftInput {...input} name={name} draft={draft} />;
}

export interface PairFieldProps {
  readonly label: ReactNode;
  readonly children: ReactNode;
}

/** Two inputs in one row. */
export function PairField({ label, children }: PairFieldProps) {
  return (
    <Field label={label}>
      <div className={classes.pair}>{children}</div>
    </Field>
  );
}

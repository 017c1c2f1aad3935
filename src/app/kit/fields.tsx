/** Number, choice and switch fields that report only values they were asked for. */
import { NumberInput, Select, Switch } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { Field } from "./section.tsx";

export interface NumberFieldProps {
  readonly label: ReactNode;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly integer?: boolean;
  readonly onChange: (value: number) => void;
}

/** Commits finite numbers inside the range; what is typed beyond it is brought back on leaving the field. */
export function NumberField({ label, ...input }: NumberFieldProps) {
  const id = useId();
  return (
    <Field label={label} htmlFor={id}>
      <BareNumber id={id} {...input} />
    </Field>
  );
}

const largestSeed = 4_294_967_295;

export function SeedField(field: Pick<NumberFieldProps, "label" | "value" | "onChange">) {
  return <NumberField {...field} min={0} max={largestSeed} integer />;
}

export interface BareNumberProps extends Omit<NumberFieldProps, "label"> {
  readonly id?: string;
  readonly name?: string;
}

export function BareNumber({ id, name, value, min, max, step = 1, integer = false, onChange }: BareNumberProps) {
  return (
    <NumberInput
      {...(id ? { id } : {})}
      {...(name ? { "aria-label": name } : {})}
      value={value}
      min={min}
      max={max}
      step={step}
      allowDecimal={!integer}
      clampBehavior="blur"
      onChange={(next) => {
        const number = Number(next);
        if (next !== "" && Number.isFinite(number) && number >= min && number <= max && number !== value)
          onChange(number);
      }}
    />
  );
}

export interface ChoiceFieldProps<T extends string> {
  readonly label: ReactNode;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

export function ChoiceField<T extends string>({ label, value, options, onChange }: ChoiceFieldProps<T>) {
  const id = useId();
  return (
    <Field label={label} htmlFor={id}>
      <Select
        id={id}
        value={value}
        data={[...options]}
        onChange={(next) => {
          const chosen = options.find((option) => option.value === next);
          if (chosen) onChange(chosen.value);
        }}
      />
    </Field>
  );
}

export interface SwitchFieldProps {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function SwitchField({ label, checked, onChange }: SwitchFieldProps) {
  const id = useId();
  return (
    <Field label={label} htmlFor={id}>
      <Switch id={id} checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
    </Field>
  );
}

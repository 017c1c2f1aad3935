/** The control of one field of a model, whatever its family: what it holds decides which. */
import type { FieldValue, ModelField } from "../../architectures/model-fields.ts";
import { ChoiceField, NumberField, SwitchField } from "../kit/fields.tsx";
import { CountListField } from "./count-list-field.tsx";

export interface ModelFieldControlProps {
  readonly field: ModelField;
  readonly value: FieldValue;
  readonly onChange: (value: FieldValue) => void;
}

export function ModelFieldControl({ field: { kind, words, schema }, value, onChange }: ModelFieldControlProps) {
  const { label, step = 1, choices = {} } = words;
  switch (kind.kind) {
    case "number":
      return (
        <NumberField
          label={label}
          value={Number(value)}
          min={kind.min}
          max={kind.max}
          step={step}
          integer={kind.isInteger}
          onChange={onChange}
        />
      );
    case "switch":
      return <SwitchField label={label} checked={value === true} onChange={onChange} />;
    case "list":
      return (
        <CountListField label={label} value={Array.isArray(value) ? value : []} schema={schema} onChange={onChange} />
      );
    case "choice": {
      const values: readonly (string | number)[] = kind.values;
      return (
        <ChoiceField
          label={label}
          value={String(value)}
          options={values.map((one) => ({ value: String(one), label: choices[String(one)] ?? String(one) }))}
          onChange={(text) => onChange(values.find((one) => String(one) === text) ?? value)}
        />
      );
    }
  }
}

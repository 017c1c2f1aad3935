/** The control of one field of a model, whatever its family: what it holds decides which. */
import type { FieldValue, ModelField } from "../../architectures/model-fields.ts";
import { numberListRange, numberRange } from "../../experiment/number-range.ts";
import { ChoiceField, SwitchField } from "../kit/fields.tsx";
import { NumberField } from "../kit/number-input.tsx";
import { NumberListField } from "../kit/number-list-field.tsx";

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
          range={numberRange(schema, "")}
          step={step}
          onChange={onChange}
        />
      );
    case "switch":
      return <SwitchField label={label} checked={value === true} onChange={onChange} />;
    case "list":
      return (
        <NumberListField
          label={label}
          value={Array.isArray(value) ? value : []}
          range={numberListRange(schema, "")}
          placeholder="none"
          onChange={(values) => onChange([...values])}
        />
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

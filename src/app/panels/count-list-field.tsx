/** A list of whole numbers as a person types it: "64, 32". What the schema refuses stays in the field, and is said why. */
import { useState } from "react";
import { z } from "zod";
import type { FieldValue } from "../../architectures/model-fields.ts";
import { describeNode } from "../../experiment/expectation.ts";
import { ListField } from "../kit/list-field.tsx";

export interface CountListFieldProps {
  readonly label: string;
  readonly value: readonly number[];
  readonly schema: z.ZodType<FieldValue>;
  readonly onChange: (value: number[]) => void;
}

export function CountListField({ label, value, schema, onChange }: CountListFieldProps) {
  const [refused, setRefused] = useState<readonly string[] | null>(null);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setRefused(null);
  }
  const take = (items: readonly string[]) => {
    const counts = items.map(Number);
    const isFit = schema.safeParse(counts).success;
    setRefused(isFit ? null : items);
    if (isFit) onChange(counts);
  };
  return (
    <>
      <ListField
        label={label}
        value={refused ?? value.map(String)}
        placeholder="none"
        error={refused && "refused"}
        onChange={take}
      />
      {refused && (
        <p className="note field-note" role="alert">
          {`Give ${describeNode(z.toJSONSchema(schema))}.`}
        </p>
      )}
    </>
  );
}

/** Fields of a family's specification, its schema and its words together. */
import { z } from "zod";
import type { FieldWords } from "./architecture.ts";
import { architectureOf, architectures, type ModelFieldName, type ModelName, type ModelSpec } from "./specs.ts";
import { type ValueKind, valueKindOf } from "./value-kind.ts";

export type FieldValue = string | number | boolean | number[];

export interface ModelField {
  readonly name: ModelFieldName;
  /** The schema of one value, without its default. */
  readonly schema: z.ZodType<FieldValue>;
  readonly kind: ValueKind;
  readonly words: FieldWords<FieldValue>;
}

const made = new Map<ModelName, readonly ModelField[]>();

/** A family's fields, in the order of its table. */
export function fieldsOf(model: Pick<ModelSpec, "name">): readonly ModelField[] {
  const fields = made.get(model.name) ?? readFields(model);
  made.set(model.name, fields);
  return fields;
}

function readFields(model: Pick<ModelSpec, "name">): ModelField[] {
  const { fields, schema } = architectureOf(model);
  return Object.entries<FieldWords<FieldValue>>(fields).map(([name, words]) => {
    const field = schema.shape[name];
    const value = (field instanceof z.ZodDefault ? field.unwrap() : field) as z.ZodType<FieldValue>;
    return { name: name as ModelFieldName, schema: value, kind: valueKindOf(value), words };
  });
}

export interface SharedField {
  readonly name: ModelFieldName;
  /** Each family that has it, and its own of that name. */
  readonly owners: readonly { readonly model: ModelName; readonly field: ModelField }[];
}

/** Every field that some family has, once, in the order of the families. */
export function sharedFields(): readonly SharedField[] {
  const all = architectures.flatMap(({ name }) => fieldsOf({ name }).map((field) => ({ model: name, field })));
  const names = [...new Set(all.map(({ field }) => field.name))];
  return names.map((name) => ({ name, owners: all.filter(({ field }) => field.name === name) }));
}

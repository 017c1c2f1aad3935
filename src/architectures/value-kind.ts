/** What a field of a specification holds, read from its schema: its control, its text in a link and its sweep follow from that. */
import { z } from "zod";

export type ValueKind =
  /** An open end of the range is given by its bound. */
  | { readonly kind: "number"; readonly min: number; readonly max: number; readonly isInteger: boolean }
  | { readonly kind: "switch" }
  | { readonly kind: "choice"; readonly values: readonly string[] | readonly number[] }
  /** A list of whole numbers. */
  | { readonly kind: "list" };

/** Throws TypeError for a schema that has no control. */
export function valueKindOf(schema: z.ZodType): ValueKind {
  const node = z.toJSONSchema(schema, { io: "output" });
  const values = node.enum ?? [];
  if (values.length > 0 && values.every((value) => typeof value === "string")) return { kind: "choice", values };
  if (values.length > 0 && values.every((value) => typeof value === "number")) return { kind: "choice", values };
  switch (node.type) {
    case "boolean":
      return { kind: "switch" };
    case "array":
      return { kind: "list" };
    case "integer":
    case "number":
      return {
        kind: "number",
        min: Number(node.minimum ?? node.exclusiveMinimum ?? Number.NEGATIVE_INFINITY),
        max: Number(node.maximum ?? node.exclusiveMaximum ?? Number.POSITIVE_INFINITY),
        isInteger: node.type === "integer",
      };
    default:
      throw new TypeError(`There is no control for ${JSON.stringify(node)}.`);
  }
}

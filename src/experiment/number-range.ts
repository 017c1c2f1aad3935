/** The numbers that a schema allows at one of its places, for whoever asks for them before there is a value to check. */
import { z } from "zod";
import { nodeAt, type SchemaNode } from "./expectation.ts";

/** An interval of numbers, or of whole numbers, in the words of JSON schema. */
export type NumberRange = {
  readonly type: "number" | "integer";
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly exclusiveMinimum?: number | undefined;
  readonly exclusiveMaximum?: number | undefined;
};

export type NumberListRange = {
  readonly items: NumberRange;
  readonly minItems: number;
  readonly maxItems: number;
};

/** Path: `training.learningRate`. `value` is what the schema's alternatives are told apart by. Throws where no number stands. */
export function numberRange(schema: z.ZodType, path: string, value?: unknown): NumberRange {
  return rangeOf(nodeOf(schema, path, value), path);
}

/** The range of every number in a list, as `numberRange` tells it. Throws where no such list stands. */
export function numberListRange(schema: z.ZodType, path: string, value?: unknown): NumberListRange {
  const { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = nodeOf(schema, path, value);
  if (typeof items !== "object" || Array.isArray(items)) throw new Error(`${path} is not a list in its schema.`);
  return { items: rangeOf(items, path), minItems, maxItems };
}

/** Whether a number that JSON can write lies in the range. */
export function isInRange(value: number, range: NumberRange): boolean {
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = range;
  const isWhole = range.type !== "integer" || Number.isInteger(value);
  return isWhole && value >= minimum && value <= maximum && value > exclusiveMinimum && value < exclusiveMaximum;
}

function rangeOf({ type, ...node }: SchemaNode, path: string): NumberRange {
  if (type !== "number" && type !== "integer") throw new Error(`${path} is not a number in its schema.`);
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = node as Omit<NumberRange, "type">;
  return { type, minimum, maximum, exclusiveMinimum, exclusiveMaximum };
}

const jsonSchemas = new WeakMap<z.ZodType, SchemaNode>();

function nodeOf(schema: z.ZodType, path: string, value: unknown): SchemaNode {
  const root: SchemaNode = jsonSchemas.get(schema) ?? z.toJSONSchema(schema, { io: "input" });
  jsonSchemas.set(schema, root);
  const node = nodeAt(root, path === "" ? [] : path.split("."), value);
  if (!node) throw new Error(`${path} is not in its schema.`);
  return withoutNull(node);
}

/** The branch beside `null`, of a place that may be left empty. */
function withoutNull(node: SchemaNode): SchemaNode {
  const branch = node.anyOf?.find((part) => typeof part === "object" && part.type !== "null");
  return typeof branch === "object" ? branch : node;
}

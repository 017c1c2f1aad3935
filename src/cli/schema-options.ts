/**
 * Options of a command from a schema. Each member is an option: `maxProducts` is --max-products, its default is the default, one
 * without a default is required, and what the member allows is what is read.
 */
import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import type { SchemaNode } from "../experiment/expectation.ts";
import { type NumberRange, numberListRange, numberRange } from "../experiment/number-range.ts";
import { parseDecimal } from "../experiment/surface-texts.ts";

/** A schema of an object whose members are options. */
export type OptionSchema<Options> = z.ZodType<Options> & { readonly shape: Readonly<Record<string, z.ZodType>> };

/** A member with its words in the help; `value` stands there for what is given: n of `--probes <n>`. */
export const withHelp = <Member extends z.ZodType>(member: Member, value: string, description: string): Member =>
  member.meta({ value, description });

/** A switch, which takes no value. */
export const flag = (description: string) => withHelp(z.boolean().default(false), "", description);

/** What the command then has are inputs of the schema, each checked: its `parse` gives the options. */
export function addSchemaOptions(command: Command, schema: OptionSchema<unknown>): Command {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "input" });
  for (const [key, member] of Object.entries(schema.shape)) {
    const node = properties[key];
    if (typeof node === "object") command.addOption(optionOf(key, member, node, required.includes(key)));
  }
  return command;
}

function optionOf(key: string, member: z.ZodType, node: SchemaNode, isRequired: boolean): Option {
  const { value, description = "" } = member.meta() ?? {};
  const name = `--${key.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
  if (node.type === "boolean") return new Option(name, description).default(false);
  const option = new Option(`${name} <${value}${node.type === "array" ? "..." : ""}>`, description)
    .default(node.default)
    .makeOptionMandatory(isRequired);
  if (node.enum) return option.choices(node.enum.map(String));
  return node.type === "array"
    ? option.argParser((text, before: unknown) => {
        const isFirst = before === node.default || !Array.isArray(before);
        return [
          ...(isFirst ? [] : before),
          readValue(text, (found) => member.safeParse([found]), rangeOfItems(member, node)),
        ];
      })
    : option.argParser((text) => readValue(text, (found) => member.safeParse(found), rangeOf(member, node)));
}

/** The numbers that are allowed; null where texts are. */
const rangeOf = (member: z.ZodType, { type }: SchemaNode): NumberRange | null =>
  type === "number" || type === "integer" ? numberRange(member, "") : null;

function rangeOfItems(member: z.ZodType, { items }: SchemaNode): NumberRange | null {
  const isNumber =
    typeof items === "object" && "type" in items && (items.type === "number" || items.type === "integer");
  return isNumber ? numberListRange(member, "").items : null;
}

/** Throws InvalidArgumentError with what would do. */
function readValue(text: string, check: (found: unknown) => z.ZodSafeParseResult<unknown>, range: NumberRange | null) {
  const isNumeral = range?.type === "integer" ? /^\d+$/.test(text) : true;
  const found = range === null ? text : isNumeral ? parseDecimal(text) : null;
  const { error } = check(found);
  if (!error) return found;
  throw new InvalidArgumentError(range === null ? error.issues[0].message : `Give ${rangeWords(range)}.`);
}

/** "a whole number from 1", "a number above 0". */
function rangeWords({ type, minimum, maximum, exclusiveMinimum }: NumberRange): string {
  const kind = type === "integer" ? "a whole number" : "a number";
  const low = minimum === undefined ? `above ${exclusiveMinimum}` : `from ${minimum}`;
  const isBounded = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  return `${kind} ${low}${isBounded ? ` to ${maximum}` : ""}`;
}

/**
 * Says in words what a schema allows at a place: "a whole number from 0 to 10000". It reads the JSON schema made from
 * zod, so that a message can't disagree with the check or with the published schema. It checks nothing itself.
 */
import type { z } from "zod";

export type SchemaNode = z.core.JSONSchema.BaseSchema;
export type Path = readonly PropertyKey[];

/** `training.stepAt[1]`; "" for the document itself. */
export function formatPath(path: Path): string {
  return path
    .map((step, depth) => (typeof step === "number" ? `[${step}]` : `${depth > 0 ? "." : ""}${String(step)}`))
    .join("");
}

/** The value at a path, or undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) => (isRecord(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined),
    value,
  );
}

/** A copy with another value at a path whose steps but the last are there. */
export function withValueAt<T extends object>(whole: T, [step, ...rest]: Path, value: unknown): T {
  const inner = valueAt(whole, [step]);
  return { ...whole, [step]: rest.length > 0 && isRecord(inner) ? withValueAt(inner, rest, value) : value };
}

/** The schema of a path, choosing among alternatives by the names in `value`; null where there is none. */
export function nodeAt(root: SchemaNode, path: Path, value: unknown): SchemaNode | null {
  let node: SchemaNode = root;
  for (const [depth, step] of path.entries()) {
    const here = resolveAlternative(node, valueAt(value, path.slice(0, depth)));
    const child = typeof step === "number" ? here.items : here.properties?.[String(step)];
    if (typeof child !== "object" || Array.isArray(child)) return null;
    node = child;
  }
  return resolveAlternative(node, valueAt(value, path));
}

/** The branch of a `oneOf` whose `name` is the value's; else one whose `name` may be any that isn't only read still. */
function resolveAlternative(node: SchemaNode, value: unknown): SchemaNode {
  if (!node.oneOf) return node;
  const branches = node.oneOf.filter((branch) => typeof branch === "object");
  const names = (branch: SchemaNode) => {
    const name = branch.properties?.name;
    return typeof name === "object" ? (name.enum ?? []) : [];
  };
  const given = isRecord(value) ? value.name : undefined;
  return (
    branches.find((branch) => names(branch).some((name) => name === given)) ?? {
      type: "object",
      properties: { name: { type: "string", enum: branches.filter(({ deprecated }) => !deprecated).flatMap(names) } },
      required: ["name"],
    }
  );
}

/** What would do, as it stands after "Give". */
export function describeNode(node: SchemaNode): string {
  if (node.enum)
    return `${node.enum.length > 1 ? "one of " : ""}${node.enum.map((name) => JSON.stringify(name)).join(", ")}`;
  if (node.anyOf) return node.anyOf.map((branch) => describeNode(branch as SchemaNode)).join(", or ");
  switch (node.type) {
    case "integer":
      return `a whole number${describeRange(node)}`;
    case "number":
      return `a number${describeRange(node)}`;
    case "boolean":
      return "true or false";
    case "string":
      return "a text that isn't empty";
    case "array":
      return `a list of ${node.minItems ? `${node.minItems} to` : "at most"} ${node.maxItems} entries, each ${describeNode(node.items as SchemaNode)}`;
    default:
      return `an object with ${describeFields(node)}`;
  }
}

function describeRange(node: SchemaNode): string {
  const low = node.minimum !== undefined ? `from ${node.minimum}` : `above ${node.exclusiveMinimum}`;
  const high = node.maximum !== undefined ? `to ${node.maximum}` : `to below ${node.exclusiveMaximum}`;
  return ` ${low} ${high}`;
}

function describeFields(node: SchemaNode): string {
  const names = Object.keys(node.properties ?? {});
  return names.map((name) => (node.required?.includes(name) ? name : `${name} (optional)`)).join(", ");
}

export function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null;
}

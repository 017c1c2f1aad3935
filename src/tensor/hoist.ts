/**
 * Splits a program by what changes between its runs: a prelude to run once, and a remainder to run for every new value of
 * the dynamic inputs, joined by residuals.
 */
import { input } from "./primitives/input.ts";
import { createValue, type Program, topologicalOrder, type Value } from "./program.ts";
import { simplify } from "./simplify/simplify.ts";

export interface SplitProgram {
  /** Outputs: the residuals, and those outputs of the whole that do not depend on a dynamic input. */
  readonly prelude: Program;
  /** Inputs: those of the whole that it still reads, and the residuals. Outputs: the dynamic ones of the whole. */
  readonly remainder: Program;
  /** Residuals by name: each is the prelude's output. */
  readonly residuals: Readonly<Record<string, Value>>;
}

const layoutOnly = new Set(["reshape", "transpose", "slice", "pad", "concat", "broadcast"]);
const elementwise = new Set(
  "add subtract multiply divide negate exp log1p sqrt rsqrt tanh sigmoid erf step select".split(" "),
);
const isSupplied = ({ primitive: { name } }: Value) => name === "input" || name === "constant";
const isOpaque = ({ primitive: { name } }: Value) => !layoutOnly.has(name) && !elementwise.has(name);

/**
 * A residual is the result of an opaque primitive (a product, a reduction, a gather), or an elementwise value that an opaque
 * one reads; other elementwise values and all rearrangements are computed again in the remainder, which costs less than
 * keeping them. `dynamicInputs` are names of inputs. The program is simplified first.
 */
export function split(program: Program, dynamicInputs: readonly string[]): SplitProgram {
  const { inputs, outputs } = simplify(program);
  const order = topologicalOrder(Object.values(outputs));
  const dynamic = new Set<Value>(dynamicInputs.map((name) => inputs[name]));
  for (const value of order) if (value.operands.some((operand) => dynamic.has(operand))) dynamic.add(value);

  const kept = findResiduals(
    order.filter((value) => dynamic.has(value)),
    dynamic,
  );
  const residuals = Object.fromEntries(
    order.filter((value) => kept.has(value)).map((value, i) => [`residual${i}`, value]),
  );
  const replaced = new Map(Object.values(residuals).map((value) => [value, input(value.type)]));
  const remainder = rebuild(
    pick(outputs, (value) => dynamic.has(value)),
    replaced,
  );
  const residualInputs = Object.fromEntries(
    Object.entries(residuals).map(([name, value]) => [name, replaced.get(value)!]),
  );
  return {
    prelude: withUsedInputs(inputs, { ...residuals, ...pick(outputs, (value) => !dynamic.has(value)) }),
    remainder: withUsedInputs({ ...inputs, ...residualInputs }, remainder),
    residuals,
  };
}

/** The static values to keep for `users`, the dynamic ones. */
function findResiduals(users: readonly Value[], dynamic: ReadonlySet<Value>): Set<Value> {
  const kept = new Set<Value>();
  const keepFor = (value: Value, readerIsOpaque: boolean): void => {
    if (dynamic.has(value) || kept.has(value) || isSupplied(value)) return;
    if (layoutOnly.has(value.primitive.name)) for (const operand of value.operands) keepFor(operand, readerIsOpaque);
    else if (isOpaque(value) || readerIsOpaque) kept.add(value);
    else for (const operand of value.operands) keepFor(operand, false);
  };
  // Those of opaque readers first: what others compute again then begins at them.
  for (const opaque of [true, false]) {
    for (const user of users) {
      if (isOpaque(user) === opaque) for (const operand of user.operands) keepFor(operand, opaque);
    }
  }
  return kept;
}

function rebuild(outputs: Program["outputs"], replaced: Map<Value, Value>): Program["outputs"] {
  const rebuilt = new Map(replaced);
  for (const value of topologicalOrder(Object.values(outputs), replaced)) {
    const operands = value.operands.map((operand) => rebuilt.get(operand)!);
    const isSame = operands.every((operand, i) => operand === value.operands[i]);
    rebuilt.set(value, isSame ? value : createValue(value.primitive, operands, value.attributes));
  }
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, rebuilt.get(value)!]));
}

const pick = (values: Program["outputs"], chosen: (value: Value) => boolean): Program["outputs"] =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => chosen(value)));

function withUsedInputs(inputs: Program["inputs"], outputs: Program["outputs"]): Program {
  const used = new Set(topologicalOrder(Object.values(outputs)));
  return { inputs: pick(inputs, (value) => used.has(value)), outputs };
}

/**
 * Which values get memory. Elementwise values and broadcasts are computed in registers inside the loops that need them,
 * again in each, unless something else reads them from memory or computing them again costs more than reading them.
 */
import { type PrimitiveName, primitives, type ValueOf } from "../../../tensor/primitives/index.ts";
import { elementCount, isA, topologicalOrder, type Value } from "../../../tensor/program.ts";
import { broadcastPattern, reductionPattern } from "./domain.ts";

const arithmetic = ["add", "subtract", "multiply", "divide", "negate", "sqrt", "rsqrt", "step", "select"] as const;
/** Elementwise functions that call into JavaScript for every element. */
const transcendental = ["exp", "log1p", "tanh", "sigmoid", "erf"] as const;
export type ElementwiseName = (typeof arithmetic)[number] | (typeof transcendental)[number];

const elementwiseNames: ReadonlySet<string> = new Set<PrimitiveName>([...arithmetic, ...transcendental]);
const costlyNames: ReadonlySet<string> = new Set<PrimitiveName>(transcendental);

const isElementwise = (value: Value): boolean => elementwiseNames.has(value.primitive.name);

/** Whether a loop can compute the value in a register. */
export const isInlineable = (value: Value): boolean =>
  isElementwise(value) || isA(value, primitives.broadcast) || isA(value, primitives.constant);

/** Whether the value is a sum that a loop can do while it computes the operand. */
export const isLoopSum = (value: Value): value is ValueOf<"sum"> =>
  isA(value, primitives.sum) &&
  reductionPattern(value).kind !== "general" &&
  elementCount(value.operands[0].type.shape) > 0;

/** Tensors up to this size are cheap to keep. */
const smallCount = 2048;
/** A value that reads more large tensors than this is not computed twice. */
const maxReads = 3;
/** Keeps loops short. */
const maxOperations = 40;

/** The inlineable values that must be stored, given what a program delivers. */
export function chooseStored(outputs: readonly Value[]): ReadonlySet<Value> {
  const order = topologicalOrder(outputs);
  const stored = new Set<Value>(outputs.filter(isInlineable));
  for (const value of order) {
    const readsMemory = isA(value, primitives.broadcast) || (!isElementwise(value) && !isLoopSum(value));
    for (const operand of value.operands) {
      const isConstantFactor = isA(value, primitives.broadcast) && isA(operand, primitives.constant);
      if (readsMemory && isInlineable(operand) && !isConstantFactor) stored.add(operand);
    }
  }
  storeWhatIsUsedAgain(order, stored);
  for (const value of order) if (stored.has(value) || isLoopSum(value)) storeMisfits(value, stored);
  return stored;
}

function storeWhatIsUsedAgain(order: readonly Value[], stored: Set<Value>): void {
  const users = new Map<Value, Set<Value>>();
  for (const value of order) {
    for (const operand of value.operands) users.set(operand, (users.get(operand) ?? new Set()).add(value));
  }
  /** Large tensors read, and operations done, to compute a value in registers. */
  const reads = new Map<Value, ReadonlySet<Value>>();
  const operations = new Map<Value, number>();
  for (const value of order) {
    if (isA(value, primitives.broadcast) && broadcastPattern(value).kind === "general") stored.add(value);
    if (!isElementwise(value)) continue;
    const inlined = value.operands.filter((operand) => isElementwise(operand) && !stored.has(operand));
    const loaded = value.operands.filter((operand) => !isInlineable(operand) || stored.has(operand));
    const ownReads = new Set([...inlined.flatMap((operand) => [...(reads.get(operand) ?? [])]), ...loaded]);
    const ownOperations = inlined.reduce((total, operand) => total + (operations.get(operand) ?? 0), 1);
    reads.set(value, ownReads);
    operations.set(value, ownOperations);
    const isCheapToKeep = elementCount(value.type.shape) <= smallCount || costlyNames.has(value.primitive.name);
    const isUsedAgain = (users.get(value)?.size ?? 0) > 1;
    if (ownOperations > maxOperations || (isUsedAgain && (isCheapToKeep || ownReads.size > maxReads)))
      stored.add(value);
  }
}

/** Stores the broadcasts inside a loop that see its elements as another matrix than the rest does. */
function storeMisfits(root: Value, stored: Set<Value>): void {
  const expression = expressionOf(root, stored);
  const columns = columnsOf(root, expression, stored);
  for (const value of expression) {
    const own = value === root ? null : columnsAskedBy(value, stored);
    if (own !== null && own !== columns) stored.add(value);
  }
}

/** What a loop with this root computes and reads, operands first; the last is the root: a stored value or a sum. */
export function expressionOf(root: Value, stored: ReadonlySet<Value>): Value[] {
  const seen = new Set<Value>();
  const visit = (value: Value): void => {
    if (seen.has(value)) return;
    const isInner = isElementwise(value) && !stored.has(value);
    if (value === root ? !isA(root, primitives.broadcast) : isInner) value.operands.forEach(visit);
    seen.add(value);
  };
  visit(root);
  return [...seen];
}

/** The number of columns as which a loop must see its elements; null when any will do. */
export function columnsOf(root: Value, expression: readonly Value[], stored: ReadonlySet<Value>): number | null {
  const own = isLoopSum(root)
    ? reductionPattern(root)
    : isA(root, primitives.broadcast)
      ? broadcastPattern(root)
      : null;
  if (own && "columns" in own) return own.columns;
  return expression.map((value) => columnsAskedBy(value, stored)).find((columns) => columns !== null) ?? null;
}

function columnsAskedBy(value: Value, stored: ReadonlySet<Value>): number | null {
  if (!isA(value, primitives.broadcast) || stored.has(value)) return null;
  const pattern = broadcastPattern(value);
  return "columns" in pattern ? pattern.columns : null;
}

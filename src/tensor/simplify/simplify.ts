/**
 * Rewrites a program into an equal one that costs less: equal values become one (hash-consing), dead ones go, and the
 * rules of this folder apply until none does. Rewrites reassociate floating-point arithmetic but never subtract what the
 * original did not: products of centred terms stay as they are.
 */
import { constantPrimitive, inputPrimitive } from "../primitives/input.ts";
import { createValue, isA, type Program, topologicalOrder, type Value } from "../program.ts";
import { floatBroadcasts, gatherBroadcastFactors } from "./broadcasts.ts";
import { foldConstants } from "./constants.ts";
import { cancelTerms, dropNeutral, gatherConstants, gatherSigns } from "./identities.ts";
import { mergeLayout } from "./layout.ts";
import { constantOf, varyingAxes } from "./match.ts";
import { shrinkSums } from "./sums.ts";

/** A value equal to `value` and simpler, made of its operands, or null. */
export type Rule = (value: Value) => Value | null;

const everyRule: readonly Rule[] = [
  foldConstants,
  dropNeutral,
  gatherSigns,
  gatherConstants,
  cancelTerms,
  mergeLayout,
  floatBroadcasts,
  gatherBroadcastFactors,
  shrinkSums,
];

/** The same inputs (used or not) and the same outputs by name. Throws when rules undo one another. */
export function simplify(program: Program, rules: readonly Rule[] = everyRule): Program {
  const simplifier = new Simplifier(rules);
  const outputs = Object.entries(program.outputs).map(([name, value]) => [name, simplifier.simplify(value)] as const);
  return { inputs: program.inputs, outputs: Object.fromEntries(outputs) };
}

class Simplifier {
  private readonly done = new Map<Value, Value>();
  private readonly byKey = new Map<string, Value>();
  /** Values that a rule has rewritten and whose successors are not yet simplified. */
  private readonly pending = new Set<Value>();

  constructor(private readonly rules: readonly Rule[]) {}

  simplify(root: Value): Value {
    for (const value of topologicalOrder([root], this.done)) this.done.set(value, this.rewrite(value));
    return this.done.get(root)!;
  }

  private rewrite(value: Value): Value {
    const interned = this.intern(value);
    const known = this.done.get(interned);
    if (known) return known;
    if (this.pending.has(interned)) throw new Error(`rules undo one another at ${value.primitive.name}`);
    for (const rule of this.rules) {
      const simpler = rule(interned);
      if (simpler) {
        this.pending.add(interned);
        const result = this.simplify(simpler);
        this.pending.delete(interned);
        this.done.set(interned, result);
        return result;
      }
    }
    this.done.set(interned, interned);
    return interned;
  }

  /** The one value with this primitive, these attributes and these (simplified) operands. */
  private intern(value: Value): Value {
    const operands = canonicalOrder(
      value.primitive.name,
      value.operands.map((operand) => this.done.get(operand)!),
    );
    const key = `${value.primitive.name} ${attributeKey(value)} ${operands.map(({ id }) => id).join(" ")}`;
    const known = this.byKey.get(key);
    if (known) return known;
    const unchanged = operands.every((operand, i) => operand === value.operands[i]);
    const interned = unchanged ? value : createValue(value.primitive, operands, value.attributes);
    this.byKey.set(key, interned);
    return interned;
  }
}

/** What tells a value from others of its primitive and operands. JSON does not tell infinities and NaN apart. */
function attributeKey(value: Value): string {
  if (isA(value, inputPrimitive)) return String(value.id);
  if (isA(value, constantPrimitive)) return `${value.attributes.value} [${value.attributes.shape}]`;
  return JSON.stringify(value.attributes);
}

const commutative = new Set(["add", "multiply"]);

/** Operands of commutative primitives from the most to the least varying: constants last. */
function canonicalOrder(name: string, operands: Value[]): Value[] {
  if (!commutative.has(name)) return operands;
  return operands.sort((a, b) => varyingAxes(b).length - varyingAxes(a).length || kind(a) - kind(b) || a.id - b.id);
}

const kind = (value: Value): number => (constantOf(value) === null ? 0 : 1);

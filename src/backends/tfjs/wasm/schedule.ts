/** The steps of a program in order: loops, of which those that share a pass over memory become one, and kernels. */
import { primitives } from "../../../tensor/primitives/index.ts";
import { elementCount, isA, type Value } from "../../../tensor/program.ts";
import { broadcastPattern, reductionPattern } from "./domain.ts";
import { columnsOf, expressionOf, isInlineable, isLoopSum } from "./fusion.ts";
import type { Kernel } from "./kernel.ts";
import { createKernel } from "./kernels/index.ts";
import { concat } from "./kernels/layout.ts";
import type { Loop } from "./loop-code.ts";
import { isView, type Placement } from "./placement.ts";

export type Step =
  | { readonly kind: "loop"; readonly loop: Loop }
  | { readonly kind: "kernel"; readonly value: Value; readonly kernel: Kernel };

/** Loops do not grow beyond this many stored results or sums. */
const maxRoots = 6;

export function scheduleSteps(order: readonly Value[], stored: ReadonlySet<Value>, placement: Placement): Step[] {
  const steps: Step[] = [];
  /** The step after which a value can be read; −1 before the first. */
  const readyAt = new Map<Value, number>();
  const latest = (values: readonly Value[]) => Math.max(-1, ...values.map((value) => readyAt.get(value) ?? -1));
  for (const value of order) {
    const isEmpty = elementCount(value.type.shape) === 0;
    const isLoop = !isEmpty && (isLoopSum(value) || (stored.has(value) && isLoopBody(value)));
    const kernel = isEmpty || isLoop || !needsKernel(value, placement) ? null : kernelOf(value, placement);
    if (isLoop) readyAt.set(value, addLoop(steps, createLoop(value, stored), placement, latest));
    else if (kernel) readyAt.set(value, steps.push({ kind: "kernel", value, kernel }) - 1);
    else readyAt.set(value, latest(value.operands));
  }
  return steps;
}

/** A stored broadcast along inner axes is a copy, not a loop. */
const isLoopBody = (value: Value): boolean =>
  isInlineable(value) && !(isA(value, primitives.broadcast) && broadcastPattern(value).kind === "general");

function needsKernel(value: Value, placement: Placement): boolean {
  if (isA(value, primitives.input) || isView(value) || !placement.find(value)) return false;
  return !isA(value, primitives.concat) || value.operands.some((_, i) => !placement.isInPlace(value, i));
}

const kernelOf = (value: Value, placement: Placement): Kernel =>
  isA(value, primitives.concat) ? concat(value, (i) => placement.isInPlace(value, i)) : createKernel(value);

function createLoop(root: Value, stored: ReadonlySet<Value>): Loop {
  const kind = isLoopSum(root) ? "sum" : "map";
  const count = elementCount(kind === "sum" ? root.operands[0].type.shape : root.type.shape);
  const expression = expressionOf(root, stored);
  const asked = columnsOf(root, expression, stored);
  const columns = asked ?? count;
  return { kind, rows: count / columns, columns, isFlat: asked === null, roots: [root], expression };
}

/** The values that a loop reads from memory: element by element, and as broadcasts. */
export function readsOf({ expression, roots }: Loop, placement: Placement): { elements: Value[]; spread: Value[] } {
  const elements = expression.filter((value) => !roots.includes(value) && placement.find(value));
  const spread = expression
    .filter((value) => isA(value, primitives.broadcast) && !elements.includes(value))
    .flatMap((value) => value.operands)
    .filter((operand) => placement.find(operand));
  return { elements, spread };
}

/** Appends `loop`, or lets an earlier one over the same elements do its work too. Returns the step. */
function addLoop(
  steps: Step[],
  loop: Loop,
  placement: Placement,
  latest: (values: readonly Value[]) => number,
): number {
  const { elements, spread } = readsOf(loop, placement);
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i];
    if (step.kind !== "loop") continue;
    const isMap = step.loop.kind === "map";
    const outside = elements.filter((value) => !(isMap && step.loop.roots.includes(value)));
    if (latest([...outside, ...spread]) >= i) break;
    const merged = merge(step.loop, loop);
    if (!merged) continue;
    steps[i] = { kind: "loop", loop: merged };
    return i;
  }
  return steps.push({ kind: "loop", loop }) - 1;
}

/** One loop for two that pass over the same elements and share some; null when they do not. */
function merge(first: Loop, second: Loop): Loop | null {
  const count = first.rows * first.columns;
  const shared = second.expression.some(
    (value) => first.expression.includes(value) && elementCount(value.type.shape) === count,
  );
  const isSameWork = first.kind === second.kind && sumKind(first) === sumKind(second);
  if (!isSameWork || !shared || first.roots.length + second.roots.length > maxRoots) return null;
  if (count !== second.rows * second.columns) return null;
  if (!first.isFlat && !second.isFlat && first.columns !== second.columns) return null;
  const added = second.expression.filter((value) => !first.expression.includes(value));
  return {
    ...(first.isFlat ? second : first),
    roots: [...first.roots, ...second.roots],
    expression: [...first.expression, ...added],
  };
}

const sumKind = ({ kind, roots: [root] }: Loop): string | null =>
  kind === "sum" && isLoopSum(root) ? reductionPattern(root).kind : null;

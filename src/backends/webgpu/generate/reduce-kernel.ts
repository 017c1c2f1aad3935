/**
 * Generates a reduction as it has been split: every invocation adds up one share of one result (or of four neighbouring
 * ones), and, where there are several shares, a second launch adds these. No barriers, no atomics: the order of additions is fixed by the
 * shape and the device's traits alone. Elementwise work on the results is done in the last launch.
 */
import { keptAxes, sumPrimitive } from "../../../tensor/primitives/reductions.ts";
import { isA } from "../../../tensor/program.ts";
import { type ReduceKernel, registersOf } from "../plan/kernels.ts";
import { Expression } from "./expression.ts";
import { type GeneratedStep, workgroupSize, workgroupsFor } from "./generated.ts";
import type { GenerationContext } from "./map-kernel.ts";
import { decompose, type PlaceIn, placeAt, placeWith, type Term } from "./place-in.ts";
import type { ReductionSplit } from "./split-reduction.ts";
import { type Access, KernelWriter, Scope } from "./writer.ts";

/** The launches of a reduction, for `split.partialWords` words of partial results from `partials` on where there are any. */
export function generateReduce(
  kernel: ReduceKernel,
  split: ReductionSplit,
  partials: Access | null,
  context: GenerationContext,
): GeneratedStep[] {
  if (!partials) return [writeStage(kernel, context, split, null, null)];
  const words = split.partialWords / kernel.reductions.length;
  const each = kernel.reductions.map((_, i) => ({ ...partials, offset: partials.offset + i * words }));
  return [writeStage(kernel, context, split, null, each), writeStage(kernel, context, split, each, null)];
}

/**
 * One launch: from the domain or, when `from` is given, from partial results; to partial results when `to` is given, else
 * to the kernel's stores.
 */
function writeStage(
  kernel: ReduceKernel,
  context: GenerationContext,
  split: ReductionSplit,
  from: readonly Access[] | null,
  to: readonly Access[] | null,
): GeneratedStep {
  const { results, length, shares, lanes } = split;
  const writer = new KernelWriter();
  const { top } = writer;
  const groups = results / lanes;
  const count = to ? groups * shares : groups;
  top.lines.push(`if (id >= ${writer.uniform(count)}) { return; }`);
  const groupCount = to ? writer.let(top, writer.uniform(groups)) : "";
  const share = to ? writer.let(top, `id / ${groupCount}`) : "0u";
  const group = to ? `(id - ${share} * ${groupCount})` : "id";
  const result: Term = { text: writer.let(top, lanes === 4 ? `${group} * 4u` : group), scope: top };

  const float = lanes === 4 ? "vec4f" : "f32";
  const totals = kernel.reductions.map((reduction) => {
    const name = writer.name("total");
    top.lines.push(`var ${name} = ${float}(${isA(reduction, sumPrimitive) ? "0.0" : "-0x1.fffffep+127"});`);
    return name;
  });
  const row = writer.name("r");
  const loop = new Scope(top);
  const step: Term = { text: row, scope: loop };
  const expression = new Expression(writer, context.find);
  const elements = kernel.reductions.map((reduction, i) => {
    if (!from) return expression.at(reduction.operands[0], domainPlace(writer, kernel, split, result, step)).text;
    const index = writer.let(loop, `${row} * ${writer.uniform(results)} + ${result.text}`);
    return writer.let(loop, writer.load(from[i], index, lanes));
  });
  const stride = to ? writer.uniform(shares) : "1u";
  const end = writer.uniform(from ? shares : length);
  top.lines.push(
    `for (var ${row} = ${share}; ${row} < ${end}; ${row} += ${stride}) {`,
    ...loop.lines,
    ...kernel.reductions.map((reduction, i) =>
      isA(reduction, sumPrimitive)
        ? `${totals[i]} += ${elements[i]};`
        : `${totals[i]} = max(${totals[i]}, ${elements[i]});`,
    ),
    "}",
  );
  if (to) {
    const index = writer.let(top, `${share} * ${writer.uniform(results)} + ${result.text}`);
    top.lines.push(...to.map((access, i) => writer.store(access, index, lanes, totals[i])));
  } else {
    writeResults(kernel, context, expression, placeAt(writer, split.shape, result, lanes), totals);
  }
  return {
    code: writer.source(workgroupSize),
    buffers: writer.buffers,
    params: writer.params,
    workgroups: workgroupsFor(count, context.maxWorkgroups),
  };
}

/** The element of the domain that is number `step` among those of number `result`. */
function domainPlace(
  writer: KernelWriter,
  kernel: ReduceKernel,
  split: ReductionSplit,
  result: Term,
  step: Term,
): PlaceIn {
  const { domain, axes } = kernel;
  const kept = keptAxes(domain.length, axes);
  let coordinates: readonly Term[] | null = null;
  let linear: Term | null = null;
  const place: PlaceIn = placeWith(
    domain,
    () => {
      linear ??= number();
      return linear;
    },
    () => {
      coordinates ??= assemble();
      return coordinates;
    },
    split.lanes,
    `${domain.join("x")}@reduce ${result.text},${step.text}`,
  );
  return place;

  function number(): Term {
    const isLeading = axes.every((axis, i) => axis === i);
    const isTrailing = kept.every((axis, i) => axis === i);
    if (isLeading) {
      const text = writer.let(step.scope, `${step.text} * ${writer.uniform(split.results)} + ${result.text}`);
      return { text, scope: step.scope };
    }
    if (isTrailing) {
      const text = writer.let(step.scope, `${result.text} * ${writer.uniform(split.length)} + ${step.text}`);
      return { text, scope: step.scope };
    }
    let text = place.coordinates()[0].text;
    for (let axis = 1; axis < domain.length; axis++) {
      text = `(${text}) * ${writer.uniform(domain[axis])} + ${place.coordinates()[axis].text}`;
    }
    return { text: writer.let(step.scope, text), scope: step.scope };
  }

  function assemble(): Term[] {
    const outer = decompose(
      writer,
      kept.map((axis) => domain[axis]),
      result,
    );
    const inner = decompose(
      writer,
      axes.map((axis) => domain[axis]),
      step,
    );
    return domain.map((_, axis) => (axes.includes(axis) ? inner[axes.indexOf(axis)] : outer[kept.indexOf(axis)]));
  }
}

/** The last launch: stores the totals and what is computed from them. */
function writeResults(
  kernel: ReduceKernel,
  context: GenerationContext,
  expression: Expression,
  place: PlaceIn,
  totals: readonly string[],
): void {
  const { writer } = expression;
  const { top } = writer;
  const registers = registersOf(kernel);
  kernel.reductions.forEach((reduction, i) => {
    expression.define(reduction, place, { text: totals[i], scope: top });
  });
  const terms = kernel.stores.map(({ value, isCopy }) => {
    const known = expression.definition(value, place);
    if (known || isCopy || !registers.has(value)) return known ?? expression.at(value, place);
    const term = expression.compute(value, place);
    expression.define(value, place, term);
    return term;
  });
  const index = place.linear().text;
  top.lines.push(
    ...kernel.stores.map(({ target }, i) => writer.store(context.accessOf(target), index, place.lanes, terms[i].text)),
  );
}

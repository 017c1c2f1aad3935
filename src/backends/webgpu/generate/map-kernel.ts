/** Generates a map kernel: one invocation an element, or four neighbours, of the domain. */
import { elementCount, type Value } from "../../../tensor/program.ts";
import { type MapKernel, registersOf, type Store } from "../plan/kernels.ts";
import type { PlanTensor } from "../plan/tensors.ts";
import { canVectorize, Expression, type Find } from "./expression.ts";
import { type GeneratedStep, workgroupSize, workgroupsFor } from "./generated.ts";
import { placeAt } from "./place-in.ts";
import { type Access, KernelWriter } from "./writer.ts";

export interface GenerationContext {
  readonly find: Find;
  readonly accessOf: (tensor: PlanTensor) => Access;
  readonly maxWorkgroups: number;
}

export function generateMap(kernel: MapKernel, context: GenerationContext): GeneratedStep {
  const registers = registersOf(kernel);
  const isRegister = (value: Value) => registers.has(value);
  const vectorizes = kernel.stores.every((store) => storeVectorizes(store, context, isRegister));
  const lanes = vectorizes ? 4 : 1;
  const count = elementCount(kernel.domain) / lanes;
  const writer = new KernelWriter();
  const { top } = writer;
  top.lines.push(`if (id >= ${writer.uniform(count)}) { return; }`);
  const linear = { text: writer.let(top, lanes === 4 ? "id * 4u" : "id"), scope: top };
  const place = placeAt(writer, kernel.domain, linear, lanes);
  const expression = new Expression(writer, context.find);
  // All values before any store: an update in place must not be seen by what is computed after it.
  const terms = kernel.stores.map(({ value, isCopy, source }) => {
    if (source && !registers.has(value)) return expression.load(context.accessOf(source), place);
    if (isCopy) return expression.at(value, place);
    const term = expression.compute(value, place);
    expression.define(value, place, term);
    return term;
  });
  const stores = kernel.stores.map(({ target }, i) =>
    writer.store(context.accessOf(target), linear.text, lanes, terms[i].text),
  );
  top.lines.push(...stores);
  return {
    code: writer.source(workgroupSize),
    buffers: writer.buffers,
    params: writer.params,
    workgroups: workgroupsFor(count, context.maxWorkgroups),
  };
}

/** Whether a store's value can be computed, or copied, four elements at a time. */
function storeVectorizes(store: Store, { find, accessOf }: GenerationContext, isRegister: (value: Value) => boolean) {
  const { value, target, isCopy, source } = store;
  if (!isAligned(accessOf(target))) return false;
  if (source) return source.elements % 4 === 0 && isAligned(accessOf(source));
  const access = isCopy ? find(value) : null;
  return access ? isAligned(access) && canVectorize(value, find, () => false) : canVectorize(value, find, isRegister);
}

const isAligned = ({ offset }: Access): boolean => offset % 4 === 0;

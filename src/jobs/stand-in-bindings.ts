/** Bindings of a program whose tensors hold nothing: for plans that nobody will run. */
import type { Bindings, DeviceTensor } from "../backends/backend.ts";
import type { Program, Value } from "../tensor/program.ts";

/** Inputs that are fed with every run; all others stay in tensors between runs. */
export const isFed = (name: string, { type }: Value): boolean =>
  name === "indices" || name === "draws" || type.shape.length === 0;

/** Outputs of an input's name overwrite it. */
export function standInBindings(program: Program): Bindings {
  const inputs = Object.fromEntries(
    Object.entries(program.inputs)
      .filter(([name, value]) => !isFed(name, value))
      .map(([name, value]) => [name, standIn(name, value)]),
  );
  const outputs = Object.fromEntries(
    Object.keys(program.outputs)
      .filter((name) => name in inputs)
      .map((name) => [name, inputs[name]]),
  );
  return { inputs, outputs };
}

const standIn = (label: string, { type }: Value): DeviceTensor => ({ type, label, dispose: () => {} });

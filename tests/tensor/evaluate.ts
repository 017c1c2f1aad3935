/** Runs values on the float64 reference backend. */
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import type { Program, Value } from "../../src/tensor/program.ts";

export type Numbers = Float64Array | Int32Array;

/** Contents of a program's inputs, by value. */
export type Assignment = ReadonlyMap<Value, Numbers>;

export const programOf = (inputs: Iterable<Value>, outputs: readonly Value[]): Program => ({
  inputs: Object.fromEntries(Array.from(inputs, (value, i) => [`input${i}`, value])),
  outputs: Object.fromEntries(outputs.map((value, i) => [`output${i}`, value])),
});

/** Compiles `program` once; the result evaluates it, outputs in their order. */
export async function compile(program: Program): Promise<(assignment: Assignment) => Promise<Float64Array[]>> {
  const executable = await createReferenceBackend().compile(program);
  return async (assignment) => {
    const feed = Object.fromEntries(
      Object.entries(program.inputs).map(([name, value]) => [name, contentsOf(assignment, value)]),
    );
    const [fetched] = await executable.run([feed]);
    return Object.keys(program.outputs).map((name) => Float64Array.from(fetched[name]));
  };
}

function contentsOf(assignment: Assignment, value: Value): Numbers {
  const contents = assignment.get(value);
  if (!contents) throw new RangeError(`no contents for input ${value.id}`);
  return contents;
}

/** One evaluation of `outputs`. */
export async function evaluate(outputs: readonly Value[], assignment: Assignment): Promise<Float64Array[]> {
  const run = await compile(programOf(assignment.keys(), outputs));
  return run(assignment);
}

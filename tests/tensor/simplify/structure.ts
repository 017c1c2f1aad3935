/** Programs as text without ids: equal texts, equal programs. */
import { type Program, topologicalOrder, type Value } from "../../../src/tensor/program.ts";

export function describeProgram({ inputs, outputs }: Program): string {
  const order = topologicalOrder(Object.values(outputs));
  const names = new Map(Object.entries(inputs).map(([name, value]) => [value, name]));
  const numbers = new Map(order.map((value, i) => [value, i]));
  const lines = order.map(({ primitive, operands, attributes }, i) => {
    const name = names.get(order[i]);
    const numbersOf = operands.map((operand) => numbers.get(operand)).join(" ");
    return `${i} ${name ?? `${primitive.name} ${JSON.stringify(attributes)} ${numbersOf}`}`;
  });
  const ends = Object.entries(outputs).map(([name, value]) => `${name} = ${numbers.get(value)}`);
  return [...lines, ...ends].join("\n");
}

/** A small value as one expression over the program's inputs, operands of sums and products in alphabetical order. */
export function describeOutput({ inputs, outputs }: Program, output: string): string {
  const names = new Map(Object.entries(inputs).map(([name, value]) => [value, name]));
  const describeValue = (value: Value): string => {
    const operands = value.operands.map(describeValue);
    const isCommutative = ["add", "multiply"].includes(value.primitive.name);
    const list = (isCommutative ? operands.sort() : operands).join(", ");
    return names.get(value) ?? `${value.primitive.name}${JSON.stringify(value.attributes)}(${list})`;
  };
  return describeValue(outputs[output]);
}

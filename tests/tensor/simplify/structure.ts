/** Programs as text without ids: equal texts, equal programs. */
import { type Program, topologicalOrder } from "../../../src/tensor/program.ts";

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

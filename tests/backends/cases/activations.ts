/** Each activation with its first and second derivative, against PyTorch (tests/fixtures/make_activation_fixtures.py). */
import type { ActivationName } from "../../../src/architectures/activation-field.ts";
import { activation } from "../../../src/models/layers/activation.ts";
import { runModel } from "../../../src/models/scope.ts";
import { grad } from "../../../src/tensor/differentiate/grad.ts";
import { add, sum } from "../../../src/tensor/primitives/index.ts";
import figures from "../../fixtures/activation-figures.json" with { type: "json" };
import type { Dense } from "../dense.ts";
import type { Case } from "./case.ts";

/**
 * Points by their size, since the norm of all hides one that is wrong near 0. Of large ones derivatives that are 0 but for
 * what float32 has no numbers for have 1 added.
 */
const ranges = [
  { title: "below 10", has: (x: number) => Math.abs(x) < 10, shift: 0 },
  { title: "above 10", has: (x: number) => Math.abs(x) >= 10, shift: 1 },
];
const names = Object.keys(figures.functions) as ActivationName[];

export const activationCases: readonly Case[] = names.flatMap((name) =>
  ranges.map(({ title, has, shift }): Case => {
    const within = (values: readonly number[], added = 0): Dense => {
      const data = values.filter((_, i) => has(figures.points[i])).map((value) => value + added);
      return { type: { dtype: "float", shape: [data.length] }, data };
    };
    const { value, first, second } = figures.functions[name];
    return {
      title: `${name} of numbers ${title}`,
      inputs: { x: within(figures.points) },
      build({ x }) {
        const { logits } = runModel((scope, v) => activation(scope, v, name), new Map(), x, { kind: "frozen" });
        const [slope] = grad(sum(logits), [x]);
        return { value: logits, first: add(slope, shift), second: add(grad(sum(slope), [x])[0], shift) };
      },
      expected: { value: within(value), first: within(first, shift), second: within(second, shift) },
      gradients: ["first", "second"],
    };
  }),
);

/** Multilayer perceptrons: the specification's part, and its words. */
import { z } from "zod";
import { activation, activationTitles, activationWords } from "../activation-field.ts";
import type { Architecture } from "../architecture.ts";
import { classes, count } from "../common-fields.ts";

const schema = z.strictObject({
  name: z.enum(["mlp"]),
  hidden: z
    .array(count(8192))
    .max(16)
    .default([256, 256])
    .describe("Units of each hidden layer; [] is a linear model."),
  activation,
  classes,
});

export type MlpSpec = z.infer<typeof schema>;

const small = (activation: MlpSpec["activation"]): MlpSpec => ({
  name: "mlp",
  hidden: [32, 16],
  activation,
  classes: 10,
});

const hiddenWords = ({ hidden }: MlpSpec) => hidden.join("–") || "without hidden layers";

export const mlp = {
  name: "mlp",
  family: "Multi-layer perceptron",
  schema,
  formerSchemas: [],
  fields: {
    hidden: {
      label: "Hidden layers",
      word: "hidden",
      sweep: "32, 128",
      hint: "64×32, 128, none",
      say: (units) => (units.length > 0 ? `hidden ${units.join("×")}` : "no hidden layer"),
    },
    activation: activationWords,
  },
  start: { activation: "tanh" },
  parameterExample: "layers.*.weight",
  checks: [small("tanh"), small("relu"), small("gelu")],
  title: (spec) => `MLP ${hiddenWords(spec)}, ${activationTitles[spec.activation]}`,
  label: (spec) => `MLP ${hiddenWords(spec)}`,
  hasRunningStatistics: () => false,
} satisfies Architecture<MlpSpec>;

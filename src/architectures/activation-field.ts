/** The activation as a field of the families that leave it open. */
import { z } from "zod";
import type { FieldWords } from "./architecture.ts";

const activationNames = ["relu", "tanh", "gelu", "silu", "softplus", "elu"] as const;

export type ActivationName = (typeof activationNames)[number];

export const activation = z.enum(activationNames).default("relu").describe("What follows every hidden layer.");

/** How an activation is called in titles and choices. */
export const activationTitles: Readonly<Record<ActivationName, string>> = {
  relu: "ReLU",
  tanh: "tanh",
  gelu: "GELU",
  silu: "SiLU",
  softplus: "softplus",
  elu: "ELU",
};

export const activationWords: FieldWords<ActivationName> = {
  label: "Activation",
  word: "activation",
  choices: activationTitles,
  sweep: "relu, tanh",
};

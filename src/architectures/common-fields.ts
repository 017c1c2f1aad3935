/** Fields that several families have, and what they are called. */
import { z } from "zod";
import { dataSetFacts } from "../data/sets/facts.ts";
import type { FieldWords } from "./architecture.ts";

/** A positive whole number. */
export const count = (max: number) => z.int().min(1).max(max);

/** Whatever is drawn from it is drawn again from the same number. */
export const seed = z.int().min(0).max(4_294_967_295);

export const classes = count(1000).default(dataSetFacts[0].classNames.length).describe("Outputs of the last layer.");

export const batchNorm = z.boolean().default(true).describe("BatchNorm after every convolution.");

export const pooling = z.enum(["max", "average"]).default("max").describe("What a window of 2 × 2 is reduced to.");

export const poolingWords: FieldWords<z.infer<typeof pooling>> = {
  label: "Pooling",
  word: "pooling",
  choices: { max: "Max", average: "Average" },
  sweep: "max, average",
  say: (kind) => `${kind} pooling`,
};

export const batchNormWords: FieldWords<boolean> = { label: "BatchNorm", word: "BatchNorm", sweep: "on, off" };

/** The built-in set: ten shapes on 32 × 32 colour pictures. Its pictures are drawn when asked for; nothing is stored. */
import { pixelNormalizationOfBytes } from "../../pixel-normalization.ts";
import type { DataSetFacts } from "../data-set.ts";

export const syntheticFacts = {
  id: "synthetic",
  title: "synthetic shapes",
  shortTitle: "synthetic",
  image: { channels: 3, height: 32, width: 32 },
  classNames: ["disc", "ring", "square", "frame", "triangle", "cross", "star", "crescent", "bars", "checks"],
  /** The same counts as CIFAR-10's. */
  counts: { train: 50_000, test: 10_000 },
  /** Measured over the training pictures of seed 0. */
  pixelNormalization: pixelNormalizationOfBytes([105.9, 105.5, 105.8], [58.8, 58.7, 58.8]),
} as const satisfies DataSetFacts<"synthetic">;

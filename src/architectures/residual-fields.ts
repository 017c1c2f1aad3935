/** What the families of residual nets of the common form share: shortcuts, width and BatchNorm as fields, and their words. */
import { z } from "zod";
import type { FieldWords } from "./architecture.ts";
import { batchNormWords } from "./common-fields.ts";

/** 6n + 2 of the nets for CIFAR: a convolution, three stages of n blocks of two, and a dense layer. */
export const residualDepths = Array.from({ length: 18 }, (_, n) => 6 * (n + 1) + 2);

export const shortcut = z
  .enum(["projection", "zero-pad", "none"])
  .default("projection")
  .describe("What is added to a block's result where the shape changes; with none nothing is added to any block's.");

export type Shortcut = z.infer<typeof shortcut>;

const shortcutPhrases: Readonly<Record<Shortcut, string>> = {
  projection: "projected shortcuts",
  "zero-pad": "zero-padded shortcuts",
  none: "no shortcuts",
};

const shortcutWords: FieldWords<Shortcut> = {
  label: "Shortcuts",
  word: "shortcuts",
  choices: { projection: "Projection", "zero-pad": "Zero-padded", none: "None" },
  sweep: "projection, none",
  say: (kind) => shortcutPhrases[kind],
};

/** Words for what follows the depth. */
export const residualWords = {
  shortcut: shortcutWords,
  width: { label: "Width multiplier", word: "width", step: 0.25, sweep: "1, 2" } satisfies FieldWords<number>,
  batchNorm: batchNormWords,
};

interface ResidualSpec {
  readonly depth: number;
  readonly shortcut: Shortcut;
  readonly width: number;
  readonly batchNorm: boolean;
}

/** "ResNet-20 without shortcuts". */
export const residualLabel = ({ depth, shortcut: kind }: Pick<ResidualSpec, "depth" | "shortcut">): string =>
  `ResNet-${depth}${kind === "none" ? " without shortcuts" : ""}`;

/** `label`, and what differs from the usual: "ResNet-20, zero-padded shortcuts, no BatchNorm, width ×2". */
export const residualTitle = (label: string, spec: ResidualSpec): string =>
  [
    label,
    ...(spec.shortcut === "zero-pad" ? [shortcutPhrases[spec.shortcut]] : []),
    ...(spec.batchNorm ? [] : ["no BatchNorm"]),
    ...(spec.width === 1 ? [] : [`width ×${spec.width}`]),
  ].join(", ");

/** Initial weights in a specification, for every family alike; `models/initializers.ts` draws them. */
import { z } from "zod";
import { seed } from "./common-fields.ts";

/** σ of the Gaussian scheme where none is given. */
export const defaultGaussianStd = 0.05;

const schemeNames = [
  ...(["gaussian", "he-normal", "xavier-normal", "orthogonal", "he-normal-fan-out"] as const),
  ...(["pytorch", "li", "pyhessian", "akamaster", "wide-resnet-code", "fixup"] as const),
] as const;

export type InitScheme = (typeof schemeNames)[number];

/** Schemes as choices are called, in the order in which they are offered. */
export const schemeTitles: Readonly<Record<InitScheme, string>> = {
  "he-normal": "He normal",
  "he-normal-fan-out": "He normal by outputs",
  "xavier-normal": "Xavier normal",
  gaussian: "Gaussian, chosen σ",
  orthogonal: "Orthogonal",
  pytorch: "PyTorch's default",
  li: "As in Li et al. 2018",
  pyhessian: "As in PyHessian",
  akamaster: "As in akamaster's ResNets",
  "wide-resnet-code": "As in WideResNet-pytorch",
  fixup: "Fixup",
};

export const initSchema = z
  .strictObject({
    scheme: z.enum(schemeNames).default("he-normal"),
    std: z
      .number()
      .gt(0)
      .max(10)
      .optional()
      .describe(`Standard deviation of the gaussian scheme, ${defaultGaussianStd} where absent; of no other.`),
    seed: seed.default(1),
  })
  .overwrite((init) =>
    init.scheme === "gaussian" && init.std === undefined ? { ...init, std: defaultGaussianStd } : init,
  );

export type InitSpec = z.infer<typeof initSchema>;

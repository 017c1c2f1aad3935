/**
 * The law by which each tensor of a model is drawn, for every scheme of initialisation: those of the literature draw all weights
 * alike, those of published code tell convolutions from dense layers.
 */
import { defaultGaussianStd, type InitScheme, type InitSpec } from "../architectures/initialization.ts";
import type { LayoutEntry } from "./layout.ts";

/** A standard deviation of normal draws by fanIn and fanOut, or a law of another kind. */
export type Law = ((fanIn: number, fanOut: number) => number) | "orthogonal" | "pytorch";

export interface Recipe {
  weight(entry: LayoutEntry): Law;
  readonly bias: "zero" | "pytorch";
}

const heNormal: Law = (fanIn) => Math.sqrt(2 / fanIn);
const heNormalFanOut: Law = (_, fanOut) => Math.sqrt(2 / fanOut);

const all = (law: Law, bias: Recipe["bias"] = "zero"): Recipe => ({ weight: () => law, bias });

const byLayer = (convolution: Law, dense: Law, bias: Recipe["bias"]): Recipe => ({
  weight: ({ torchShape }) => (torchShape.length === 4 ? convolution : dense),
  bias,
});

const recipes: Readonly<Record<Exclude<InitScheme, "gaussian">, Recipe>> = {
  "he-normal": all(heNormal),
  "he-normal-fan-out": all(heNormalFanOut),
  "xavier-normal": all((fanIn, fanOut) => Math.sqrt(2 / (fanIn + fanOut))),
  orthogonal: all("orthogonal"),
  pytorch: all("pytorch", "pytorch"),
  /** The published code of the loss landscapes (Li et al. 2018). */
  li: byLayer(heNormal, () => 1e-3, "zero"),
  pyhessian: byLayer(heNormalFanOut, "pytorch", "pytorch"),
  akamaster: all(heNormal, "pytorch"),
  "wide-resnet-code": byLayer(heNormalFanOut, "pytorch", "zero"),
  /** He's by outputs where the network scales its branches, PyTorch's elsewhere (Zhang, Dauphin & Ma 2019). */
  fixup: { weight: ({ initialScale }) => (initialScale === undefined ? "pytorch" : heNormalFanOut), bias: "zero" },
};

export const recipeOf = ({ scheme, std }: Pick<InitSpec, "scheme" | "std">): Recipe =>
  scheme === "gaussian" ? all(() => std ?? defaultGaussianStd) : recipes[scheme];

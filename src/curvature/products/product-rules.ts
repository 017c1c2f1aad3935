/** The matrices of curvature, each by its product with tangents of the parameters. */
import { ggn, transposeJacobian } from "../../tensor/differentiate/ggn.ts";
import { grad } from "../../tensor/differentiate/grad.ts";
import { hvpOfGradient } from "../../tensor/differentiate/hvp.ts";
import { multiply, sum } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";

/**
 * hessian: of the mean loss. ggn: Gauss-Newton, E[Jᵀ H_L J] with the loss's Hessian H_L by the logits. fisher: E[ggᵀ] over
 * labels drawn from the model. empiricalFisher: the same over the labels of the data.
 */
export const curvatureKinds = ["hessian", "ggn", "fisher", "empiricalFisher"] as const;
export type CurvatureKind = (typeof curvatureKinds)[number];

export interface TracedLoss {
  /** [n, classes] */
  readonly logits: Value;
  /** [n] */
  readonly losses: Value;
  /** Weight of one example: 1/N for the mean over N. */
  readonly weight: number;
}

/** Multiplies: one value a key of `tangents`, of the key's shape. */
type Product = (tangents: ReadonlyMap<Value, Value>) => Value[];

/** The rule for a matrix, what its products share traced once. `variables` are the keys of all tangents to come. */
export function createProduct(
  kind: CurvatureKind,
  { logits, losses, weight }: TracedLoss,
  variables: readonly Value[],
): Product {
  switch (kind) {
    case "hessian": {
      const gradient = grad(multiply(sum(losses), weight), variables);
      return (tangents) => hvpOfGradient(gradient, tangents);
    }
    case "ggn": {
      const loss = multiply(sum(losses), weight);
      return (tangents) => ggn(loss, logits, tangents);
    }
    case "fisher":
    case "empiricalFisher":
      // Σᵢ gᵢ(gᵢᵀv): gᵢᵀv is the tangent of loss i, and the transpose sums over i.
      return (tangents) => transposeJacobian(losses, tangents, (slopes) => multiply(slopes, weight));
  }
}

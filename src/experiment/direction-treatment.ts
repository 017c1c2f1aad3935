/**
 * How directions are treated before a surface is drawn along them. What is usual belongs to the kind of a direction: a
 * random one is scaled to the weights (Li et al. 2018), one that was computed or read is what its name says as it is.
 */
import type { Normalization } from "./surface.ts";
import type { DirectionSpec } from "./surface-texts.ts";

/** How one direction is treated. */
export interface DirectionTreatment {
  readonly normalization: Exclude<Normalization, "by-kind">;
  readonly biases: "ignore" | "include";
}

/** How the directions of a plane are treated; `by-kind` stands for what is usual for the kind of each. */
export interface PlaneTreatment {
  readonly normalization: Normalization;
  readonly biases: DirectionTreatment["biases"] | "by-kind";
}

/** A request's own `vector` is a direction that was computed or read. */
export type DirectionKind = DirectionSpec["kind"] | "vector";

const scaledToWeights: DirectionTreatment = { normalization: "filter", biases: "ignore" };
const asItIs: DirectionTreatment = { normalization: "none", biases: "include" };

export const usualFor = (kind: DirectionKind): DirectionTreatment => (kind === "random" ? scaledToWeights : asItIs);

interface Kinds {
  readonly x: { readonly kind: DirectionKind };
  /** Null for a line. */
  readonly y: { readonly kind: DirectionKind } | null;
}

/** What a plane along such directions starts with. */
export function usualTreatment({ x, y }: Kinds): PlaneTreatment {
  const [first, second] = [usualFor(x.kind), usualFor((y ?? x).kind)];
  return first === second ? first : { normalization: "by-kind", biases: "by-kind" };
}

/** What the treatment of a plane is for one of its directions. */
export function treatmentOf(kind: DirectionKind, { normalization, biases }: PlaneTreatment): DirectionTreatment {
  const usual = usualFor(kind);
  return {
    normalization: normalization === "by-kind" ? usual.normalization : normalization,
    biases: biases === "by-kind" ? usual.biases : biases,
  };
}

/** Whether a direction is drawn as it was computed or read. */
export function isAsItIs(kind: DirectionKind, treatment: PlaneTreatment): boolean {
  const { normalization, biases } = treatmentOf(kind, treatment);
  return normalization === asItIs.normalization && biases === asItIs.biases;
}

/** The weights a surface is centred on, with the spec they belong to. */
import type { Spec } from "../../experiment/spec.ts";
import type { Weights } from "../../experiment/weights.ts";

export interface SurfaceSource {
  readonly spec: Spec;
  readonly weights: Weights;
  /** For the caption: "after epoch 8", "at initialisation". */
  readonly label: string;
  /** Where the weights are kept, with which the surface is kept too; null for weights that belong to no run. */
  readonly checkpoint: { readonly runId: string; readonly step: number } | null;
}

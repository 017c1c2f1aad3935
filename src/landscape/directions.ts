/** The two directions of a surface, or the one of a line, made from what was asked for. */
import { type PlaneTreatment, treatmentOf } from "../experiment/direction-treatment.ts";
import type { Model } from "../models/model.ts";
import { describeModel, StateDictError } from "../models/state-dict.ts";
import { normalizeDirection } from "./normalize-direction.ts";
import { drawDirection } from "./random-direction.ts";
import { cosine, norm, orthogonalize } from "./vectors.ts";

export type DirectionRequest =
  | { readonly kind: "random"; readonly seed: number }
  /** A flat vector in the model's layout. */
  | { readonly kind: "vector"; readonly vector: Float32Array; readonly label: string };

export interface PlaneRequest extends PlaneTreatment {
  readonly x: DirectionRequest;
  /** Null for a line. */
  readonly y: DirectionRequest | null;
  /** Takes from y its part along x, after normalising. */
  readonly orthogonalize: boolean;
}

export interface Directions {
  readonly u: Float32Array;
  readonly v: Float32Array | null;
  /** Norms of u and v as used. */
  readonly norms: readonly number[];
  readonly cosine: number | null;
}

/** Draws already made, so that another normalisation costs no new one. Random draws depend on layout and seed alone. */
export class DirectionDraws {
  readonly #draws = new Map<string, Float32Array>();

  /** The vector asked for, not to be changed. Throws StateDictError when a given vector is not of the model. */
  of(model: Model, request: DirectionRequest): Float32Array {
    if (request.kind === "vector") {
      checkVector(model, request);
      return request.vector;
    }
    const key = JSON.stringify([model.spec, request.seed]);
    const known = this.#draws.get(key) ?? drawDirection(model.layout, request.seed);
    this.#draws.delete(key);
    this.#draws.set(key, known);
    for (const oldest of [...this.#draws.keys()].slice(0, -keptDraws)) this.#draws.delete(oldest);
    return known;
  }
}

const keptDraws = 4;

export function prepareDirections(
  model: Model,
  theta: Float32Array,
  request: PlaneRequest,
  draws: DirectionDraws,
): Directions {
  const prepare = (direction: DirectionRequest) =>
    normalizeDirection(model.layout, theta, draws.of(model, direction), treatmentOf(direction.kind, request));
  const u = prepare(request.x);
  if (!request.y) return { u, v: null, norms: [norm(u)], cosine: null };
  const raw = prepare(request.y);
  const v = request.orthogonalize ? orthogonalize(raw, u) : raw;
  return { u, v, norms: [norm(u), norm(v)], cosine: cosine(u, v) };
}

function checkVector(model: Model, { vector, label }: { readonly vector: Float32Array; readonly label: string }): void {
  const { length } = model.layout;
  if (vector.length !== length) {
    throw new StateDictError(
      `The direction ${label} has ${vector.length} numbers, and ${describeModel(model)} takes ${length}. ` +
        "Give a direction that was made for this model.",
    );
  }
  const bad = vector.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new StateDictError(
      `The direction ${label} holds ${vector[bad]} at place ${bad}. A direction must be finite: even the surface's centre would not be.`,
    );
  }
}

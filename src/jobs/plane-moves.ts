/** Moves resident weights about a plane, on the device. */
import { createVector } from "../execution/device-weights.ts";
import type { Directions } from "../landscape/directions.ts";
import { tracePerturbation } from "../landscape/perturbation.ts";
import type { CurvatureGround } from "./curvature-ground.ts";

/** The ground's weights ← θ + αu + βv, in order with what is enqueued. */
export type MoveInPlane = (alpha: number, beta: number) => Promise<void>;

/** Runs `work` with weights that can be moved about the plane through `theta`. */
export async function withPlaneMoves<Result>(
  { backend, model, weights }: CurvatureGround,
  theta: Float32Array,
  { u, v }: Directions,
  work: (move: MoveInPlane) => Promise<Result>,
): Promise<Result> {
  const owned: { dispose(): void }[] = [];
  const own = <Owned extends { dispose(): void }>(thing: Owned): Owned => {
    owned.push(thing);
    return thing;
  };
  const vector = (label: string, data: Float32Array) => own(createVector(backend, model.layout, label, data));
  try {
    const inputs = {
      theta: vector("centre", theta),
      u: vector("u", u),
      v: vector("v", v ?? new Float32Array(u.length)),
    };
    const outputs = { perturbed: weights.theta };
    const perturbation = own(await backend.compile(tracePerturbation(model.layout), { inputs, outputs }));
    return await work(async (alpha, beta) => {
      await perturbation.run([{ alpha: Float64Array.of(alpha), beta: Float64Array.of(beta) }]);
    });
  } finally {
    for (const thing of owned.reverse()) thing.dispose();
  }
}

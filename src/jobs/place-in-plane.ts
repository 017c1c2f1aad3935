/** Moves resident weights about a plane, on the device. */
import type { Directions } from "../landscape/directions.ts";
import { tracePerturbation } from "../landscape/perturbation.ts";
import { createVector } from "../training/device-weights.ts";
import type { CurvatureGround } from "./curvature-ground.ts";

export interface PlaneMover {
  /** The ground's θ ← θ + αu + βv, in order with what is enqueued. */
  move(alpha: number, beta: number): Promise<void>;
  dispose(): void;
}

/** `theta` is the plane's centre. */
export async function placeInPlane(
  { backend, model, weights }: CurvatureGround,
  theta: Float32Array,
  { u, v }: Directions,
): Promise<PlaneMover> {
  const vector = (label: string, data: Float32Array) => createVector(backend, model.layout, label, data);
  const inputs = {
    theta: vector("centre", theta),
    u: vector("u", u),
    v: vector("v", v ?? new Float32Array(u.length)),
  };
  const disposeInputs = () => {
    for (const tensor of Object.values(inputs)) tensor.dispose();
  };
  try {
    const perturbation = await backend.compile(tracePerturbation(model.layout), {
      inputs,
      outputs: { perturbed: weights.theta },
    });
    return {
      async move(alpha, beta) {
        await perturbation.run([{ alpha: Float64Array.of(alpha), beta: Float64Array.of(beta) }]);
      },
      dispose() {
        perturbation.dispose();
        disposeInputs();
      },
    };
  } catch (error) {
    disposeInputs();
    throw error;
  }
}

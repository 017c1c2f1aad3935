/** A model's flat vectors on a device. */
import type { Backend, DeviceTensor } from "../backends/backend.ts";
import type { Layout } from "../models/layout.ts";
import type { Model } from "../models/model.ts";
import type { FlatWeights } from "../models/weights.ts";

/** Weights on a device, by the names that programs use for them. `state` is absent without running statistics. */
export type DeviceWeights = { readonly theta: DeviceTensor; readonly state?: DeviceTensor };

export const createVector = (backend: Backend, layout: Layout, label: string, data?: Float32Array): DeviceTensor =>
  backend.createTensor({ dtype: "float", shape: [layout.length] }, data, label);

/** Throws OutOfMemoryError. */
export function uploadWeights(backend: Backend, model: Model, weights?: FlatWeights): DeviceWeights {
  const theta = createVector(backend, model.layout, "theta", weights?.theta);
  if (model.stateLayout.length === 0) return { theta };
  return { theta, state: createVector(backend, model.stateLayout, "state", weights?.state) };
}

/** The vectors after everything enqueued so far, rounded to float32. */
export async function readWeights(backend: Backend, { theta, state }: DeviceWeights): Promise<FlatWeights> {
  const [flatTheta, flatState] = await Promise.all([readVector(backend, theta), state && readVector(backend, state)]);
  return { theta: flatTheta, state: flatState ?? new Float32Array(0) };
}

/** A float tensor's contents, rounded to float32. */
export async function readVector(backend: Backend, tensor: DeviceTensor): Promise<Float32Array> {
  const data = await backend.read(tensor);
  return data instanceof Float32Array ? data : Float32Array.from(data);
}

export const bindings = ({ theta, state }: DeviceWeights): Record<string, DeviceTensor> =>
  state ? { theta, state } : { theta };

export function disposeWeights({ theta, state }: DeviceWeights): void {
  theta.dispose();
  state?.dispose();
}

/** What is timed, and the vector that everyone multiplies. */
import type { Model } from "../../../src/models/model.ts";
import { tensorOf } from "../../../src/models/weights.ts";

export interface Measurable {
  /** Of one run by the cost model; 0 where nobody counts. */
  readonly flop: number;
  /** Resolves when the device is done. */
  run(): Promise<void>;
  dispose(): void;
}

/** Numbers in [−1, 1), the same in every library; zeros in the gaps. */
export function sampleTangent({ layout }: Model): Float32Array {
  const flat = new Float32Array(layout.length);
  for (const entry of layout.entries) {
    const tensor = tensorOf(flat, entry);
    for (let k = 0; k < tensor.length; k++) tensor[k] = Math.imul(k + entry.offset, 2654435761) / 2 ** 31;
  }
  return flat;
}

/** The backends on which Node checks curvature: float64, and the float32 that people without WebGPU get. */
import type { Backend } from "../../src/backends/backend.ts";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import { createTfjsBackend } from "../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../src/backends/tfjs/kernels-node.ts";

export interface Candidate {
  readonly name: string;
  readonly create: () => Promise<Backend>;
  /** Relative error that rounding may leave. */
  readonly rounding: number;
}

export const candidates: readonly Candidate[] = [
  { name: "reference", create: async () => createReferenceBackend(), rounding: 1e-10 },
  { name: "tfjs", create: () => createTfjsBackend({ readKernels }), rounding: 2e-6 },
];

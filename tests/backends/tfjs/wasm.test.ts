import { createTfjsBackend } from "../../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../../src/backends/tfjs/kernels-node.ts";
import { backendSuite, float32Tolerance } from "../suite.ts";

backendSuite("tfjs (wasm, SIMD)", () => createTfjsBackend({ readKernels }), float32Tolerance);
backendSuite("tfjs (wasm without SIMD)", () => createTfjsBackend({ readKernels, simd: false }), float32Tolerance);

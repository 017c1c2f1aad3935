import { createTfjsBackend } from "../../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../../src/backends/tfjs/kernels-node.ts";
import { modelSuite } from "../models.ts";

modelSuite("tfjs (wasm)", () => createTfjsBackend({ readKernels }));

import { createTfjsBackend } from "../../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../../src/backends/tfjs/kernels-node.ts";
import { productSuite } from "./float32-suite.ts";

productSuite("tfjs", () => createTfjsBackend({ readKernels }));

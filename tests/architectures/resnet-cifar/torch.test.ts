import { createReferenceBackend } from "../../../src/backends/reference/backend.ts";
import { createTfjsBackend } from "../../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../../src/backends/tfjs/kernels-node.ts";
import { resnetSuite } from "./torch.ts";

resnetSuite("the reference", async () => createReferenceBackend(), 1e-9);
resnetSuite("tfjs", () => createTfjsBackend({ readKernels }), 1e-4);

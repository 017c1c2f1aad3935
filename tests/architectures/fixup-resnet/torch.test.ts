import { createReferenceBackend } from "../../../src/backends/reference/backend.ts";
import { createTfjsBackend } from "../../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../../src/backends/tfjs/kernels-node.ts";
import figures from "../../fixtures/networks/fixup-resnet.json" with { type: "json" };
import { goldenSuite } from "../golden.ts";

goldenSuite(figures, "the reference", async () => createReferenceBackend(), 1e-9);
goldenSuite(figures, "tfjs", () => createTfjsBackend({ readKernels }), 1e-4);

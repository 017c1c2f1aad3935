import { createReferenceBackend } from "../../../src/backends/reference/backend.ts";
import { backendSuite, float64Tolerance } from "../suite.ts";

backendSuite("reference", async () => createReferenceBackend(), float64Tolerance);

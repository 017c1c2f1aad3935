import { afterAll, beforeAll, describe } from "vitest";
import type { Backend } from "../../../src/backends/backend.ts";
import { createTfjsBackend } from "../../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../../src/backends/tfjs/kernels-node.ts";
import { describeRandomPrograms } from "../random-programs.ts";

describe("tfjs (wasm) against the reference", () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await createTfjsBackend({ readKernels });
  });
  afterAll(() => backend.dispose());

  describeRandomPrograms(() => backend, 1e-5, 200);
});

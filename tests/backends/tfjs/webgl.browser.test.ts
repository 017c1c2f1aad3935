/** tfjs's ops on WebGL. Chromium's software renderer stands in for hardware, which the backend insists on elsewhere. */
import { expect, test } from "vitest";
import { createOpsBackend } from "../../../src/backends/tfjs/ops/backend.ts";
import { backendSuite, float32Tolerance } from "../suite.ts";

backendSuite("tfjs (webgl)", () => createOpsBackend("webgl", true), float32Tolerance);

test("a software renderer is not taken for graphics hardware", async () => {
  await expect(createOpsBackend("webgl")).rejects.toThrow(/software renderer.*SwiftShader/);
});

import { expect, test } from "vitest";

test("the test browser has a WebGPU adapter; without one the GPU tests would prove nothing", async () => {
  const adapter = await navigator.gpu.requestAdapter();
  expect(adapter).not.toBeNull();
});

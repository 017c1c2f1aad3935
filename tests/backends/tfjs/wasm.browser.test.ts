import { afterAll, describe, expect, test } from "vitest";
import { createTfjsBackend } from "../../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../../src/backends/tfjs/kernels-browser.ts";
import { backendSuite, float32Tolerance } from "../suite.ts";

backendSuite("tfjs (wasm in a browser)", () => createTfjsBackend({ readKernels }), float32Tolerance);

describe("the kernels", () => {
  afterAll(() => performance.clearResourceTimings());

  test("come from the page's own host", async () => {
    performance.clearResourceTimings();
    for (const simd of [true, false]) (await createTfjsBackend({ readKernels, simd })).dispose();
    const wasm = performance.getEntriesByType("resource").filter(({ name }) => name.includes(".wasm"));
    expect(wasm.map(({ name }) => new URL(name).origin)).toEqual([location.origin, location.origin]);
  });
});

/** The suite of all backends, on WebGPU. */
import { createWebgpuBackend } from "../../../src/backends/webgpu/backend.ts";
import { backendSuite, float32Tolerance } from "../suite.ts";

backendSuite("webgpu", createWebgpuBackend, float32Tolerance);

import { createWebgpuBackend } from "../../../src/backends/webgpu/backend.ts";
import { productSuite } from "./float32-suite.ts";

productSuite("webgpu", () => createWebgpuBackend());

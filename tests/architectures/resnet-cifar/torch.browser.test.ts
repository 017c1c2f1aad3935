import { createWebgpuBackend } from "../../../src/backends/webgpu/backend.ts";
import { resnetSuite } from "./torch.ts";

resnetSuite("WebGPU", createWebgpuBackend, 1e-4);

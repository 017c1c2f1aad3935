import { createWebgpuBackend } from "../../../src/backends/webgpu/backend.ts";
import figures from "../../fixtures/networks/fixup-resnet.json" with { type: "json" };
import { goldenSuite } from "../golden.ts";

goldenSuite(figures, "WebGPU", createWebgpuBackend, 1e-4, 1);

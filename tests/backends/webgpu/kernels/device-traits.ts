/** Devices that this machine lacks, as kernel choice sees them. */
import { usualTraits } from "../../../../src/backends/webgpu/kernels/usual-traits.ts";

export const { gpu: gpuTraits, software: swiftShaderTraits } = usualTraits;

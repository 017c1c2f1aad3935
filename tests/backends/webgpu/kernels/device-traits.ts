/** Devices that are not at hand, as kernel choice sees them. */
import { usualTraits } from "../../../../src/backends/webgpu/kernels/usual-traits.ts";

export const { gpu: gpuTraits, software: swiftShaderTraits } = usualTraits;

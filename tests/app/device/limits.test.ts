import { describe, expect, it } from "vitest";
import { formatLimit, limitTitle } from "../../../src/app/device/limits.ts";

type LimitName = Exclude<keyof GPUSupportedLimits, "__brand">;

/** Every limit and whether the specification counts it in bytes; a limit that is missing here does not compile. */
const isInBytes = {
  maxTextureDimension1D: false,
  maxTextureDimension2D: false,
  maxTextureDimension3D: false,
  maxTextureArrayLayers: false,
  maxBindGroups: false,
  maxBindGroupsPlusVertexBuffers: false,
  maxBindingsPerBindGroup: false,
  maxDynamicUniformBuffersPerPipelineLayout: false,
  maxDynamicStorageBuffersPerPipelineLayout: false,
  maxSampledTexturesPerShaderStage: false,
  maxSamplersPerShaderStage: false,
  maxStorageBuffersPerShaderStage: false,
  maxStorageBuffersInVertexStage: false,
  maxStorageBuffersInFragmentStage: false,
  maxStorageTexturesPerShaderStage: false,
  maxStorageTexturesInVertexStage: false,
  maxStorageTexturesInFragmentStage: false,
  maxUniformBuffersPerShaderStage: false,
  maxUniformBufferBindingSize: true,
  maxStorageBufferBindingSize: true,
  minUniformBufferOffsetAlignment: true,
  minStorageBufferOffsetAlignment: true,
  maxVertexBuffers: false,
  maxBufferSize: true,
  maxVertexAttributes: false,
  maxVertexBufferArrayStride: true,
  maxInterStageShaderComponents: false,
  maxInterStageShaderVariables: false,
  maxColorAttachments: false,
  maxColorAttachmentBytesPerSample: true,
  maxComputeWorkgroupStorageSize: true,
  maxComputeInvocationsPerWorkgroup: false,
  maxComputeWorkgroupSizeX: false,
  maxComputeWorkgroupSizeY: false,
  maxComputeWorkgroupSizeZ: false,
  maxComputeWorkgroupsPerDimension: false,
  maxImmediateSize: true,
} satisfies Record<LimitName, boolean>;

describe("a limit of a graphics device", () => {
  it.each(Object.entries(isInBytes))("%s in bytes: %s", (name, bytes) => {
    expect(formatLimit(name, 256)).toBe(bytes ? "256 B" : "256");
  });

  it("has its name in words", () => {
    expect(limitTitle("maxBufferSize")).toBe("Max buffer size");
    expect(limitTitle("maxComputeWorkgroupSizeX")).toBe("Max compute workgroup size X");
  });
});

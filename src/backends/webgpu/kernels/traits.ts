/** What kernel choice needs to know of a device; kernels never see the device itself. */
export interface DeviceTraits {
  /** A software adapter (SwiftShader, llvmpipe, WARP): no barriers, few and wide invocations. */
  readonly cpu: boolean;
  /** Invocations per subgroup when it is the same for every pipeline and `subgroups` is enabled, else null. */
  readonly subgroupSize: number | null;
  readonly maxStorageBuffersPerShaderStage: number;
  readonly maxComputeWorkgroupStorageSize: number;
  readonly maxComputeInvocationsPerWorkgroup: number;
  readonly maxComputeWorkgroupsPerDimension: number;
}

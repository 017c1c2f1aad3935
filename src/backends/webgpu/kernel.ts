/**
 * What the plan needs to know of a kernel. WGSL text is the pipeline key, so shapes and buffer offsets never appear in
 * it: they travel in one uniform struct of u32 fields, first the element offset of every storage binding, then `params`.
 */

/** One storage buffer of a kernel, bound whole; the kernel adds its element offset from the uniforms. */
export type StorageBinding =
  | { readonly kind: "operand"; readonly index: number }
  | { readonly kind: "output"; readonly index: number }
  | { readonly kind: "scratch"; readonly index: number };

export interface KernelStep {
  /**
   * WGSL with `@group(0) @binding(0) var<uniform> u: Params` and storage bindings 1, 2, … in the order of `storage`;
   * entry point `main`.
   */
  readonly code: string;
  readonly storage: readonly StorageBinding[];
  /** u32 values of the uniform struct after the offsets. */
  readonly params: readonly number[];
  readonly workgroups: readonly [number, number, number];
}

/** One operation as launches in order, with the scratch between them. */
export interface Lowering {
  /** Names the candidate, for tuning records: "direct-4x8", "shared-64x64-split16". */
  readonly variant: string;
  readonly steps: readonly KernelStep[];
  /** Element counts of the scratch tensors. */
  readonly scratch: readonly number[];
}

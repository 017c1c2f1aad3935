/** A generated kernel, ready to be launched: its text, and what it binds. */
export interface GeneratedStep {
  readonly code: string;
  /** The plan's buffers bound from 1 on; uniforms are binding 0. */
  readonly buffers: readonly number[];
  readonly params: readonly number[];
  readonly workgroups: readonly [number, number, number];
}

export const workgroupSize = 64;

/** Workgroups for `count` invocations; the kernels number them along x, then y. */
export function workgroupsFor(count: number, maxPerDimension: number): [number, number, number] {
  const groups = Math.max(1, Math.ceil(count / workgroupSize));
  const rows = Math.ceil(groups / maxPerDimension);
  return [Math.ceil(groups / rows), rows, 1];
}

/** One long row of workgroups, folded where it exceeds what a dimension may hold. */
const rowLength = 32768;

export const workgroupGrid = (workgroups: number): [number, number, number] => [
  Math.min(workgroups, rowLength),
  Math.ceil(workgroups / rowLength),
  1,
];

/** Number of the workgroup along the unfolded row. */
export const groupNumber = `(group.y * ${rowLength}u + group.x)`;

/** Number of the invocation along the unfolded row, given `group` (workgroup_id) and `local` (local_invocation_index). */
export const invocationNumber = (workgroupSize: number): string => `(${groupNumber} * ${workgroupSize}u + local)`;

/** Parameters of `main` that `invocationNumber` reads. */
export const invocationBuiltins = "@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32";

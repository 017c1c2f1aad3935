/** A training's path as files: its places in a plane with the loss there, and its principal directions. */
import { formatTable } from "./csv.ts";
import { writeNpz } from "./numpy/npz.ts";
import type { SurfaceRequest } from "./surface.ts";
import type { ProjectedPath, Trajectory } from "./trajectory.ts";

const columns = ["step", "alpha", "beta", "offPlane", "loss", "lossError", "accuracy"] as const;

const measuredColumns: ReadonlySet<string> = new Set(["loss", "lossError", "accuracy"]);

/** path.csv: one line a point, in order of training; of a path with points not yet `measured` their losses are empty. */
export function pathToCsv(path: ProjectedPath & { readonly measured?: Uint8Array }): string {
  const isThere = (name: string, index: number) => path.measured?.[index] !== 0 || !measuredColumns.has(name);
  return formatTable(
    columns,
    Array.from(path.step, (_, index) => columns.map((name) => (isThere(name, index) ? path[name][index] : null))),
  );
}

/** What decides the losses on a path. */
export type PathFunction = Pick<SurfaceRequest, "subset" | "batchNorm">;

/** trajectory.json; a value that JSON can't hold is null. */
export function trajectoryToJson({ explained }: Trajectory, path: ProjectedPath, of: PathFunction): string {
  const lists = Object.fromEntries(columns.map((name) => [name, [...path[name]]]));
  const document = {
    format: "basin-trajectory",
    version: 1,
    subset: of.subset,
    batchNorm: of.batchNorm,
    explained: [...explained],
  };
  return `${JSON.stringify({ ...document, path: lists }, null, 2)}\n`;
}

/** trajectory.npz: `explained`, and the path's columns. */
export function trajectoryToNpz({ explained }: Trajectory, path: ProjectedPath): Uint8Array<ArrayBuffer> {
  const arrays = columns.map((name) => [name, { shape: [path[name].length], data: path[name] }] as const);
  return writeNpz({ explained: { shape: [explained.length], data: explained }, ...Object.fromEntries(arrays) });
}

/** The plane that a command's options name. */
import type { SurfaceRequest } from "../experiment/surface.ts";
import { type DirectionSpec, parseDirection, parseGrid, parseRanges } from "../experiment/surface-texts.ts";
import type { BackendChoice } from "../jobs/device-jobs.ts";
import { findEigenvectors } from "./eigenvectors.ts";
import { type LoadedCheckpoint, readDirection } from "./inputs.ts";
import type { Session } from "./session.ts";

export interface PlaneOptions {
  readonly checkpoint: string;
  readonly spec?: string;
  readonly out: string;
  readonly x?: string;
  readonly y?: string;
  readonly eigenvectors?: string;
  readonly grid: string;
  readonly range: string;
  readonly normalize: SurfaceRequest["normalization"];
  readonly biases: SurfaceRequest["biases"];
  readonly batchNorm: SurfaceRequest["batchNorm"];
  readonly subset: SurfaceRequest["subset"];
  readonly orthogonalize: boolean;
  readonly backend: BackendChoice;
  readonly seed: number;
}

export interface NamedPlane {
  readonly x: DirectionSpec;
  /** Null for a line. */
  readonly y: DirectionSpec | null;
  readonly alpha: SurfaceRequest["alpha"];
  readonly beta: SurfaceRequest["beta"];
}

/** Without any direction the two that the seed names; with the first alone a line. Throws SpecError. */
export function parsePlane({ x, y, seed, grid, range }: PlaneOptions): NamedPlane {
  const random = (offset: number): DirectionSpec => ({ kind: "random", seed: seed + offset });
  const { columns, rows } = parseGrid(grid, "--grid");
  const { alpha, beta } = parseRanges(range, "--range");
  const second = y === undefined ? null : parseDirection(y, "--y");
  return {
    x: x === undefined ? random(0) : parseDirection(x, "--x"),
    y: x === undefined ? (second ?? random(1)) : second,
    alpha: { ...alpha, count: columns },
    beta: { ...beta, count: rows },
  };
}

/** Reads the directions, and computes eigenvectors that are not given. */
export async function readPlane(
  { x, y, alpha, beta }: NamedPlane,
  checkpoint: LoadedCheckpoint,
  options: PlaneOptions,
  session: Session,
): Promise<SurfaceRequest> {
  const indices = [x, y].flatMap((direction) => (direction?.kind === "eigen" ? [direction.index] : []));
  const eigenvector = await findEigenvectors(indices, checkpoint, options, session);
  return {
    x: await readDirection(x, checkpoint.spec, eigenvector),
    y: y && (await readDirection(y, checkpoint.spec, eigenvector)),
    normalization: options.normalize,
    biases: options.biases,
    orthogonalize: options.orthogonalize,
    batchNorm: options.batchNorm,
    subset: options.subset,
    alpha,
    beta,
  };
}

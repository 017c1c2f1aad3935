/** The plane that a command's options name. */
import { isAsItIs, usualTreatment } from "../experiment/direction-treatment.ts";
import { eigenRange } from "../experiment/eigen-range.ts";
import type { GridAxis } from "../experiment/grid.ts";
import type { DirectionSource, SurfaceRequest } from "../experiment/surface.ts";
import { type DirectionSpec, parseDirection, parseGrid, parseRanges } from "../experiment/surface-texts.ts";
import { CliError } from "./cli-error.ts";
import { type EigenvectorOptions, findEigenvectors } from "./eigenvectors.ts";
import { type LoadedCheckpoint, readCheckpoint, readDirection } from "./inputs.ts";
import { checkpointOf, findPrincipal, readRecordedRun } from "./recorded-run.ts";
import type { Session } from "./session.ts";

export interface PlaneOptions extends EigenvectorOptions {
  readonly checkpoint?: string;
  /** A run's folder, whose checkpoint is the centre where no other is given. */
  readonly run?: string;
  readonly spec?: string;
  readonly x?: string;
  readonly y?: string;
  readonly grid: string;
  /** Absent: ±1, and along an eigenvector as far as the loss bends by one nat. */
  readonly range?: string;
  /** Absent: what is usual for the directions' kinds. */
  readonly normalize?: SurfaceRequest["normalization"];
  readonly biases?: SurfaceRequest["biases"];
  readonly orthogonalize: boolean;
}

export interface NamedPlane {
  readonly x: DirectionSpec;
  /** Null for a line. */
  readonly y: DirectionSpec | null;
  readonly alpha: SurfaceRequest["alpha"];
  readonly beta: SurfaceRequest["beta"];
}

/**
 * The plane that the options ask for: the seed's two directions when none is given, a line when only the first is.
 * Throws SpecError.
 */
export function parsePlane({ x, y, seed, grid, range }: PlaneOptions): NamedPlane {
  const random = (offset: number): DirectionSpec => ({ kind: "random", seed: seed + offset });
  const { columns, rows } = parseGrid(grid, "--grid");
  const { alpha, beta } = parseRanges(range ?? "-1:1", "--range");
  const second = y === undefined ? null : parseDirection(y, "--y");
  return {
    x: x === undefined ? random(0) : parseDirection(x, "--x"),
    y: x === undefined ? (second ?? random(1)) : second,
    alpha: { ...alpha, count: columns },
    beta: { ...beta, count: rows },
  };
}

/** The plane's centre. Throws CliError where none is named. */
export function readCentre({ checkpoint, run, spec }: PlaneOptions): Promise<LoadedCheckpoint> {
  const path = checkpoint ?? (run === undefined ? undefined : checkpointOf(run));
  if (path === undefined) throw new CliError("Give the plane's centre: --checkpoint FILE, or --run FOLDER.");
  return readCheckpoint(path, spec);
}

/** Reads the directions, and computes eigenvectors and principal directions that are not given. */
export async function readPlane(
  { x, y, alpha, beta }: NamedPlane,
  checkpoint: Pick<LoadedCheckpoint, "spec" | "weights">,
  options: PlaneOptions,
  session: Session,
): Promise<SurfaceRequest> {
  const indices = [x, y].flatMap((direction) => (direction?.kind === "eigen" ? [direction.index] : []));
  const eigenpair = await findEigenvectors(indices, checkpoint, options, session);
  const isAlongPath = [x, y].some((direction) => direction?.kind === "pca");
  const treatment = usualTreatment({ x, y });
  const { normalize: normalization = treatment.normalization, biases = treatment.biases, range } = options;
  if (isAlongPath && !isAsItIs("pca", { normalization, biases }))
    session.say("Scaled like this, the plane does not hold the path; --normalize none --biases include leaves it.");
  const found = { eigenpair, principal: isAlongPath ? await principalOf(options, session) : [] };
  const [u, v] = [
    await readDirection(x, checkpoint.spec, found),
    y && (await readDirection(y, checkpoint.spec, found)),
  ];
  return {
    x: u,
    y: v,
    normalization,
    biases,
    orthogonalize: options.orthogonalize,
    batchNorm: options.batchNorm,
    subset: options.subset,
    alpha: range === undefined ? usualAxis(u, alpha) : alpha,
    beta: range === undefined && v ? usualAxis(v, beta) : beta,
  };
}

function usualAxis(direction: DirectionSource, axis: GridAxis): GridAxis {
  const eigenvalue = direction.kind === "vector" ? direction.eigenvalue : undefined;
  return eigenvalue === undefined ? axis : { ...axis, ...eigenRange(eigenvalue) };
}

async function principalOf(options: PlaneOptions, session: Session): Promise<readonly Float32Array[]> {
  const { run } = options;
  if (run === undefined)
    throw new CliError("pca:N is a direction of a run's recorded path. Name the run's folder with --run.");
  const { points } = await readRecordedRun(run);
  return (await findPrincipal(points, session)).directions;
}

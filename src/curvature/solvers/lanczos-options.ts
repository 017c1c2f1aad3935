/** What Lanczos is asked for, and whether it can be done. */
import { CurvatureError } from "../curvature-error.ts";
import type { SymmetricOperator } from "../operator.ts";
import { groupSize } from "../vectors/basis.ts";
import type { EigenProgress } from "./eigen-result.ts";
import type { KrylovSnapshot } from "./krylov-space.ts";

export interface LanczosSnapshot extends KrylovSnapshot {
  readonly products: number;
  readonly steps: number;
}

export interface SnapshotOptions {
  isDue(step: number): boolean;
  take(snapshot: LanczosSnapshot): void;
}

export interface LanczosOptions {
  /** Largest and smallest (algebraically) eigenpairs wanted. */
  readonly top: number;
  readonly bottom: number;
  /** Bound of ‖Av − λv‖/|λ₁|. */
  readonly tolerance: number;
  readonly seed: number;
  /** Bytes for vectors of the basis, those of a restart included. The operator's own vectors are not counted. */
  readonly memoryBytes: number;
  /** Products after which it stops; those that measure the residuals come on top. */
  readonly maxProducts: number;
  /** Vectors multiplied in one pass; at most, and unless told 1, operator.vectors.length. */
  readonly blockSize?: number;
  readonly signal?: AbortSignal;
  readonly onStep?: (progress: EigenProgress) => void;
  /**
   * Is given what a lost solve can be resumed from, after every step at which one is due. Taking one copies the basis to the
   * host; what comes after the last is lost.
   */
  readonly snapshots?: SnapshotOptions;
  /** Continues a solve of the same operator, options and memory. */
  readonly resume?: LanczosSnapshot;
}

/** How the memory is used. */
export interface LanczosPlan {
  readonly blockSize: number;
  /** Vectors multiplied before a restart. */
  readonly maxProcessed: number;
  /** Ritz vectors that a restart keeps at each end. */
  readonly keptTop: number;
  readonly keptBottom: number;
}

const requireWhole = (name: string, value: number, least: number): void => {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new CurvatureError(`${name} is ${value}; it must be a whole number of at least ${least}.`);
  }
};

export const bytesPerVector = ({ backend, length }: SymmetricOperator): number =>
  length * (backend.kind === "reference" ? 8 : 4);

/** Throws CurvatureError when the options ask for what cannot be done. */
export function planLanczos(operator: SymmetricOperator, options: LanczosOptions): LanczosPlan {
  const { top, bottom, tolerance, memoryBytes, maxProducts, seed } = options;
  const { dimension } = operator;
  requireWhole("top", top, 0);
  requireWhole("bottom", bottom, 0);
  requireWhole("maxProducts", maxProducts, 1);
  if (!Number.isSafeInteger(seed)) throw new CurvatureError(`The seed is ${seed}; it must be a whole number.`);
  const wanted = top + bottom;
  if (wanted === 0) throw new CurvatureError("No eigenpair is asked for: top and bottom are both 0.");
  if (wanted > dimension) {
    throw new CurvatureError(
      `${wanted} eigenpairs are asked for and the operator acts on ${dimension} numbers: ask for at most ${dimension}.`,
    );
  }
  if (!(tolerance > 0) || !Number.isFinite(tolerance)) {
    throw new CurvatureError(`The tolerance is ${tolerance}; it must be a positive number, such as 1e-3.`);
  }
  const blockSize = Math.min(options.blockSize ?? 1, dimension);
  requireWhole("blockSize", blockSize, 1);
  if (blockSize > operator.vectors.length) {
    throw new CurvatureError(
      `A block of ${blockSize} vectors; the operator multiplies ${operator.vectors.length} at a time.`,
    );
  }
  const vectors = memoryBytes >= 0 ? Math.floor(memoryBytes / bytesPerVector(operator)) : 0;
  return divideMemory(vectors, options, blockSize, operator);
}

function divideMemory(
  vectors: number,
  { top, bottom, memoryBytes, maxProducts }: LanczosOptions,
  blockSize: number,
  operator: SymmetricOperator,
): LanczosPlan {
  const wanted = top + bottom;
  // Steps end with whole blocks: one more than the bound may be multiplied in the last.
  const unrestarted = Math.min(operator.dimension, maxProducts + blockSize - 1);
  const held = Math.min(operator.dimension, unrestarted + blockSize);
  if (vectors >= held) return { blockSize, maxProcessed: unrestarted, keptTop: top, keptBottom: bottom };
  // A restart puts what is kept and a block, in whole groups, beside the multiplied vectors and that block.
  const besideFor = (kept: number) => Math.ceil((kept + blockSize) / groupSize) * groupSize;
  const least = besideFor(wanted) + wanted + 2 * blockSize;
  if (vectors < least) {
    const megabytes = ((least * bytesPerVector(operator)) / 1e6).toPrecision(3);
    throw new CurvatureError(
      `${memoryBytes / 1e6} MB hold ${vectors} vectors; ${wanted} eigenpairs in blocks of ${blockSize} take at least ` +
        `${least}, ${megabytes} MB.`,
    );
  }
  // A quarter of what is to spare, less what rounding to whole groups may take.
  const extra = Math.min(wanted + 4, Math.max(0, Math.floor((vectors - least - groupSize) / 4)));
  const extraTop = Math.round((extra * top) / wanted);
  return {
    blockSize,
    maxProcessed: vectors - besideFor(wanted + extra) - blockSize,
    keptTop: top + extraTop,
    keptBottom: bottom + extra - extraTop,
  };
}

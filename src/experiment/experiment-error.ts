/**
 * Errors of the experiment layer's files and stores. Each says where the trouble is, what is wrong and what would help;
 * the parts are kept apart for callers that lay them out, and joined in `message` for the rest. A specification that
 * can't be used has an error of its own, `spec-error.ts`, since it may have many problems at once.
 */

export interface Problem {
  /** The file, tensor, column or store at fault, with the byte or line where that is known. */
  readonly where: string;
  /** What is wrong, as a full sentence. */
  readonly what: string;
  /** What the reader can do about it, as a full sentence. */
  readonly remedy: string;
}

/** Base of everything that reading, writing and keeping of results reports. */
export class ExperimentError extends Error {
  override readonly name: string = "ExperimentError";
  readonly problem: Problem;

  constructor(problem: Problem, cause?: unknown) {
    super(`${problem.where}: ${problem.what} ${problem.remedy}`, cause === undefined ? undefined : { cause });
    this.problem = problem;
  }
}

/** A .safetensors file that breaks the format, or tensors that can't be written as one. */
export class SafetensorsError extends ExperimentError {
  override readonly name = "SafetensorsError";
}
/** A .npy or .npz file that breaks the format or uses a part of it that is not read here. */
export class NumpyFormatError extends ExperimentError {
  override readonly name = "NumpyFormatError";
}
/** A result file (surface.json, surface.npz, metrics.csv, a checkpoint's metadata) that is not what it should be. */
export class ResultFileError extends ExperimentError {
  override readonly name = "ResultFileError";
}
/** The browser gives no storage here (private mode, blocked site data). What was stored before is untouched. */
export class StorageRefusedError extends ExperimentError {
  override readonly name = "StorageRefusedError";
}
/** The disk or the browser's quota is full. What was stored before is untouched. */
export class StorageFullError extends ExperimentError {
  override readonly name = "StorageFullError";
}
/** A stored run whose record or files are not those that were saved. */
export class CorruptRunError extends ExperimentError {
  override readonly name = "CorruptRunError";
}
/** Written by a later version of Basin than this one. It is left as it is. */
export class NewerVersionError extends ExperimentError {
  override readonly name = "NewerVersionError";
}
/** A checkpoint or surface was given for a run that the store does not have. */
export class RunMissingError extends ExperimentError {
  override readonly name = "RunMissingError";
}

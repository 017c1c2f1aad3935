/**
 * Errors of the data layer. Each says where the trouble is (a file, a host, a store), what is wrong with it and what
 * would help; the parts are kept apart for callers that lay them out, and joined in `message` for the rest.
 */

export interface DataProblem {
  /** The file, host or store at fault, with the record or byte where that is known. */
  readonly where: string;
  /** What is wrong, as a full sentence. */
  readonly what: string;
  /** What the reader can do about it, as a full sentence. */
  readonly remedy: string;
}

/** Base of everything the data layer reports. */
export class DataError extends Error {
  override readonly name: string = "DataError";
  readonly problem: DataProblem;

  constructor(problem: DataProblem, cause?: unknown) {
    super(`${problem.where}: ${problem.what} ${problem.remedy}`, cause === undefined ? undefined : { cause });
    this.problem = problem;
  }
}
/** Bytes that are not what they should be: truncated, corrupt, of another format or of absurd size. */
export class DataFormatError extends DataError {
  override readonly name = "DataFormatError";
}
/** A set, split or file that a request needs and that is not there. */
export class DataMissingError extends DataError {
  override readonly name = "DataMissingError";
}
/** A subset that the set cannot give. */
export class SubsetError extends DataError {
  override readonly name = "SubsetError";
}
/** A download that did not arrive whole and unchanged. Nothing of it is kept. */
export class DownloadError extends DataError {
  override readonly name = "DownloadError";
}
/** The browser gives no storage here (private mode, blocked site data). What was stored before is untouched. */
export class StorageRefusedError extends DataError {
  override readonly name = "StorageRefusedError";
}
/** The disk or the browser's quota is full. What was stored before is untouched. */
export class StorageFullError extends DataError {
  override readonly name = "StorageFullError";
}
/** A stored set whose bytes are not those that were saved. */
export class StorageCorruptError extends DataError {
  override readonly name = "StorageCorruptError";
}

/** What a caught value says, for quoting in a message. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

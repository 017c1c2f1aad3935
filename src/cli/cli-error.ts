/** An error for the person at the command line, and the code the process ends with. */

export const exitCodes = {
  /** The work failed. */
  failure: 1,
  /** What was asked for cannot be done: options, specification, files. */
  usage: 2,
  /** A loss or a product was not finite. */
  nonFinite: 3,
  /** Ended by Ctrl-C, with what was done kept. */
  interrupted: 130,
} as const;

export class CliError extends Error {
  override readonly name = "CliError";
  readonly exitCode: number;

  constructor(message: string, exitCode: number = exitCodes.usage) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Errors of what was given, as against errors of doing it. */
const usageErrors = new Set([
  "SpecError",
  "SafetensorsError",
  "ResultFileError",
  "StateDictError",
  "TensorMismatchError",
  "TrainingSpecError",
  "DataFormatError",
  "DataMissingError",
  "SubsetError",
  "BackendUnavailableError",
  "CurvatureError",
  "ComparisonError",
]);

export function exitCodeOf(error: unknown): number {
  if (error instanceof CliError) return error.exitCode;
  if (error instanceof DOMException && error.name === "AbortError") return exitCodes.interrupted;
  if (error instanceof Error && error.name === "NonFiniteLossError") return exitCodes.nonFinite;
  return error instanceof Error && usageErrors.has(error.name) ? exitCodes.usage : exitCodes.failure;
}

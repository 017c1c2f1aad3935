/** A comparison that has no answer as it was put. The message says what was wrong and what would do. */
export class ComparisonError extends Error {
  override readonly name = "ComparisonError";
}

/** A comparison that has no answer as it was put. The message says what was wrong and what would do. */
export class ComparisonError extends Error {
  override readonly name = "ComparisonError";
}

/** A loss that is not finite on the way to a result. The message says where and what would do. */
export class NonFiniteLossError extends Error {
  override readonly name = "NonFiniteLossError";
}

/** A question about curvature that has no answer as it was put. The message says what was wrong and what would do. */
export class CurvatureError extends Error {
  override readonly name = "CurvatureError";
}

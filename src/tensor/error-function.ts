/** The error function erf x = 2/√π ∫₀ˣ exp(−t²) dt: in full precision, and as polynomials for float32. */

/**
 * The error function in float64, to a few units of the last place: below 2.5 the series 2/√π·exp(−x²)·Σ 2ⁿx²ⁿ⁺¹/(1·3·…·(2n + 1)),
 * whose terms have one sign, above it the continued fraction of 1 − erf x (Abramowitz & Stegun 1964, 7.1.6 and 7.1.14).
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x) || size > 6) return Number.isNaN(x) ? x : Math.sign(x);
  const bell = Math.exp(-x * x) / Math.sqrt(Math.PI);
  if (size < 2.5) {
    let term = 2 * x;
    let total = term;
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(total); n++) {
      term *= (2 * x * x) / (2 * n + 1);
      total += term;
    }
    return bell * total;
  }
  let fraction = size;
  for (let n = 60; n >= 1; n--) fraction = size + n / 2 / fraction;
  return Math.sign(x) * (1 - bell / fraction);
}

/**
 * Coefficients of polynomials for float32, fitted by least squares to a relative error of erf below 2e-9: erf x is
 * x·Σ nearₖ·x²ᵏ for |x| ≤ 1, and 1 − exp(−x²)·Σ farₖ·tᵏ with t = 1/(1 + x/2) for 1 ≤ x ≤ 4. Above 4 it is 1.
 */
export const erfPolynomials = {
  near: [
    1.1283791657266897, -0.37612625824093887, 0.11283585147035377, -0.02685381186927179, 0.005188327560310857,
    -0.0008010192523474665, 0.00007853857715889807,
  ],
  far: [
    0.001817995695422993, 0.25973940031575604, 0.39666840549324567, -0.06423108177991331, 0.6364835711810798,
    -0.23073462945342124,
  ],
} as const;

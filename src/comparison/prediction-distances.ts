/** Distances between what two models predict for the same examples; their logits are [examples, classes]. */

/** Fraction of the examples whose most likely classes differ. NaN where a logit is not finite. */
export function disagreement(a: Float64Array, b: Float64Array, classes: number): number {
  if (!a.every(Number.isFinite) || !b.every(Number.isFinite)) return Number.NaN;
  const examples = a.length / classes;
  let differing = 0;
  for (let example = 0; example < examples; example++) {
    const start = example * classes;
    if (largest(a, start, classes) !== largest(b, start, classes)) differing++;
  }
  return differing / examples;
}

/** Mean over the examples of KL(p ‖ q) = Σ p (log p − log q) in nats, p of `a` and q of `b`. */
export function meanDivergence(a: Float64Array, b: Float64Array, classes: number): number {
  const examples = a.length / classes;
  let sum = 0;
  for (let example = 0; example < examples; example++) {
    const start = example * classes;
    const [p, q] = [a, b].map((logits) => logProbabilities(logits.subarray(start, start + classes)));
    for (let k = 0; k < classes; k++) sum += Math.exp(p[k]) * (p[k] - q[k]);
  }
  return sum / examples;
}

/** The first of equal ones. */
function largest(logits: Float64Array, start: number, classes: number): number {
  let best = 0;
  for (let k = 1; k < classes; k++) if (logits[start + k] > logits[start + best]) best = k;
  return best;
}

function logProbabilities(logits: Float64Array): Float64Array {
  const top = logits.reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit - top), 0);
  return logits.map((logit) => logit - top - Math.log(total));
}

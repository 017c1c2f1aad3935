/** Means over random probes and what they are worth. */

export interface Estimate {
  readonly mean: number;
  /** Standard error of the mean; NaN for a single probe. */
  readonly standardError: number;
  readonly probes: number;
}

export function estimateMean(samples: readonly number[]): Estimate {
  const probes = samples.length;
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / probes;
  const spread = samples.reduce((sum, sample) => sum + (sample - mean) ** 2, 0);
  return { mean, standardError: probes > 1 ? Math.sqrt(spread / (probes - 1) / probes) : Number.NaN, probes };
}

/** How a run over probes ended. What was done before stays. */
export type ProbeStatus = "complete" | "cancelled" | "non-finite";

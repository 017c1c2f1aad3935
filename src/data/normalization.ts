/** How bytes become a network's input: (byte / 255 − mean) / std, channel by channel. */

export interface Normalization {
  /** [channels], of values in 0 … 1. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

const ofBytes = (mean: readonly number[], std: readonly number[]): Normalization => ({
  mean: mean.map((value) => value / 255),
  std: std.map((value) => value / 255),
});

/** The constants of the source, not of the subset in use, so that a net sees the same inputs whatever the subset. */
export const normalizations: Readonly<Record<"cifar10" | "synthetic", Normalization>> = {
  cifar10: ofBytes([125.3, 123.0, 113.9], [63.0, 62.1, 66.7]),
  /** Measured over the 50,000 training pictures of seed 0. */
  synthetic: ofBytes([105.9, 105.5, 105.8], [58.8, 58.7, 58.8]),
};

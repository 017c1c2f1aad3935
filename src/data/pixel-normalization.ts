/** How bytes become a network's input: (byte / 255 − mean) / std, channel by channel. */

/** Constants of a data set, not of the subset in use, so that a net sees the same inputs whatever the subset. */
export interface PixelNormalization {
  /** [channels], of values in 0 … 1. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** The normalization by each channel's mean and standard deviation, both of the bytes 0 … 255. */
export const pixelNormalizationOfBytes = (mean: readonly number[], std: readonly number[]): PixelNormalization => ({
  mean: mean.map((value) => value / 255),
  std: std.map((value) => value / 255),
});

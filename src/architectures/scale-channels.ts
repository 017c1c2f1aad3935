/** A layer's channels times a width, rounded to a multiple of four, four at least: kernels read channels in fours. */
export const scaleChannels = (channels: number, width: number): number =>
  Math.max(4, 4 * Math.round((channels * width) / 4));

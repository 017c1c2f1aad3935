/** Labelled images as bytes, in CIFAR's plane order. */
export interface ImageSet {
  /** [count, channels, height, width], one byte each. */
  readonly pixels: Uint8Array;
  /** [count], each below `classNames.length`. */
  readonly labels: Uint8Array;
  readonly count: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly classNames: readonly string[];
}

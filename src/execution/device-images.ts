/** A data set resident on a device, as bytes. */
import type { Backend, DeviceTensor } from "../backends/backend.ts";
import type { ImageSet } from "../data/image-set.ts";
import type { PixelNormalization } from "../data/pixel-normalization.ts";

export interface DeviceImages {
  /** byte [count, channels, height, width] */
  readonly pixels: DeviceTensor;
  /** int [count] */
  readonly labels: DeviceTensor;
  readonly count: number;
  readonly pixelNormalization: PixelNormalization;
  dispose(): void;
}

/** Throws OutOfMemoryError. */
export function uploadImages(
  backend: Backend,
  set: ImageSet,
  pixelNormalization: PixelNormalization,
  label: string,
): DeviceImages {
  const { count, channels, height, width } = set;
  const pixels = backend.createTensor(
    { dtype: "byte", shape: [count, channels, height, width] },
    set.pixels,
    `${label} pixels`,
  );
  const labels = backend.createTensor({ dtype: "int", shape: [count] }, Int32Array.from(set.labels), `${label} labels`);
  return {
    pixels,
    labels,
    count,
    pixelNormalization,
    dispose() {
      pixels.dispose();
      labels.dispose();
    },
  };
}

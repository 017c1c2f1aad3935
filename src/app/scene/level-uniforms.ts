/** Contour levels as the shaders take them: two to a vector. */
import { Vector4 } from "three";
import { type ContourLevel, maximumLevels } from "../figure/contour-levels.ts";

export const emptyLevels = (): Vector4[] => Array.from({ length: maximumLevels / 2 }, () => new Vector4());

/** Overwrites the first of `vectors`: scaled value, 1 for an index contour, and the same of the next level. */
export function writeLevels(vectors: readonly Vector4[], levels: readonly ContourLevel[]): void {
  levels.forEach(({ scaled, index }, position) => {
    const pair = vectors[position >> 1];
    if (position % 2 === 0) pair.set(scaled, index ? 1 : 0, pair.z, pair.w);
    else pair.set(pair.x, pair.y, scaled, index ? 1 : 0);
  });
}

export const withMaximumLevels = (shader: string) => shader.replace("MAXIMUM_LEVELS", String(maximumLevels));

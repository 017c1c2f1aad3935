/** Ranges of α and β that show a whole path, with θ on a point of the grid. */
import type { GridAxis } from "../../../experiment/grid.ts";

/** Left free on either side, as a fraction of what the path spans. */
const margin = 0.12;
/** Digits of the spacing: the ends are multiples of it and stand in a field and a link. */
const spacingDigits = 3;

/**
 * The least range of `count` equidistant points with one of them at 0 that holds the coordinates, 0 and a margin. The
 * centre of a surface then is one of its measured points, as on the usual symmetric range. `count` at least 3.
 */
export function rangeAround(coordinates: ArrayLike<number>, count: number): GridAxis {
  let [low, high] = [0, 0];
  for (const value of Array.from(coordinates)) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const free = margin * (high - low) || 1;
  const [below, above] = [free - low, free + high];
  let best = { spacing: Number.POSITIVE_INFINITY, cells: 1 };
  for (let cells = 1; cells < count - 1; cells++) {
    const spacing = Math.max(below / cells, above / (count - 1 - cells));
    if (spacing < best.spacing) best = { spacing, cells };
  }
  const spacing = roundedUp(best.spacing);
  const end = (cells: number) => Number((cells * spacing).toPrecision(12));
  return { min: end(-best.cells), max: end(count - 1 - best.cells), count };
}

function roundedUp(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - spacingDigits + 1);
  return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(spacingDigits));
}

/** Which groups of units every tensor holds. */
import type { LayoutEntry } from "../models/layout.ts";
import type { UnitGroup, UnitPlaces } from "./permutable-units.ts";
import { permuteSlices, type UnitPermutations } from "./permute-weights.ts";

interface Holding {
  readonly group: number;
  readonly places: UnitPlaces;
}

export class UnitHolders {
  readonly #groups: readonly UnitGroup[];
  readonly #holdings = new Map<LayoutEntry, Holding[]>();

  constructor(groups: readonly UnitGroup[]) {
    this.#groups = groups;
    groups.forEach(({ axes }, group) => {
      for (const places of axes) {
        const holdings = this.#holdings.get(places.entry) ?? [];
        this.#holdings.set(places.entry, holdings);
        holdings.push({ group, places });
      }
    });
  }

  /** The groups that share a tensor with group `index`; itself where a tensor holds it twice. */
  neighboursOf(index: number): number[] {
    return this.#groups[index].axes.flatMap((own) => this.#others(own.entry, own).map(({ group }) => group));
  }

  /** `tensor`, which is `entry`, with all units in the order of `permutations` but for those at `apart`. */
  arrange(entry: LayoutEntry, tensor: Float32Array, permutations: UnitPermutations, apart?: UnitPlaces): Float32Array {
    return this.#others(entry, apart).reduce(
      (arranged, { group, places }) => permuteSlices(arranged, places, permutations[group]),
      tensor,
    );
  }

  #others(entry: LayoutEntry, apart?: UnitPlaces): Holding[] {
    return (this.#holdings.get(entry) ?? []).filter(({ places }) => places !== apart);
  }
}

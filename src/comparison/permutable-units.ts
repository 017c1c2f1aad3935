/**
 * The hidden units of a model that can be exchanged without changing what it computes, and everything that is exchanged with
 * them. Two units can be when the same axes hold their slices, by the tags that layers leave (models/units.ts).
 */
import type { LayoutEntry } from "../models/layout.ts";
import type { Model } from "../models/model.ts";
import { fixedUnit, noUnit } from "../models/units.ts";

/** Where the slices of a group's units lie in a tensor. */
export interface UnitPlaces {
  readonly entry: LayoutEntry;
  /** Which flat vector holds the tensor. */
  readonly vector: "theta" | "state";
  /** Axis of the tensor in its native order, along which the units lie. */
  readonly axis: number;
  /** Along the axis, for every unit in turn. */
  readonly places: Int32Array;
}

/** Units any two of which can be exchanged. */
export interface UnitGroup {
  /** The first layer that makes them, by its name in a PyTorch state dict: `features.0`. */
  readonly name: string;
  readonly size: number;
  readonly axes: readonly UnitPlaces[];
}

/** One slice of a tensor. */
interface Slice extends Omit<UnitPlaces, "places"> {
  readonly key: string;
  readonly place: number;
}

export function permutableUnits(model: Model): UnitGroup[] {
  const groups = new Map<string, Slice[][]>();
  for (const slices of slicesOfUnits(model).values()) {
    const key = slices.map((slice) => slice.key).join();
    groups.set(key, [...(groups.get(key) ?? []), slices]);
  }
  return Array.from(groups.values(), (units) => ({
    name: moduleOf(units[0][0].entry),
    size: units.length,
    axes: units[0].map(({ entry, vector, axis }, k) => ({
      ...{ entry, vector, axis },
      places: Int32Array.from(units, (slices) => slices[k].place),
    })),
  }));
}

/** Every unit's slices, in the order of the layouts. */
function slicesOfUnits({ layout, stateLayout, unitAxes }: Model): Map<number, Slice[]> {
  const slices = new Map<number, Slice[]>();
  const add = (vector: "theta" | "state") => (entry: LayoutEntry) => {
    for (const { axis, units } of unitAxes.get(entry.name) ?? []) {
      units.forEach((unit, place) => {
        if (unit === fixedUnit || unit === noUnit) return;
        const own = slices.get(unit) ?? [];
        slices.set(unit, own);
        own.push({ entry, vector, axis, key: `${entry.name} ${axis}`, place });
      });
    }
  };
  layout.entries.forEach(add("theta"));
  stateLayout.entries.forEach(add("state"));
  return slices;
}

const moduleOf = ({ name }: LayoutEntry): string => name.slice(0, name.lastIndexOf("."));

/**
 * Which units made the channels of a value. A layer that makes channels of its own makes units; one that works on every
 * channel by itself hands them on; a residual sum makes the units of its two sides one, place by place. The axes of a
 * tensor are tagged with the units that they belong to: what may be exchanged without changing the function is read from there.
 */
import type { Value } from "../tensor/program.ts";

/** A unit a channel, or `noUnit`. */
export type Units = Int32Array;

/** A channel that is zero whatever the weights. */
export const noUnit = -1;

/** What stands for every unit that may not be exchanged: the images' channels and the classes. */
export const fixedUnit = 0;

/** The units of the slices of a tensor along one of its axes, in native order. */
export interface UnitAxis {
  readonly axis: number;
  readonly units: Units;
}

export class UnitTags {
  /** For every unit one that it is the same as, itself or an earlier one. */
  readonly #sameAs = [fixedUnit];
  readonly #tags = new WeakMap<Value, Map<number, Units>>();

  /** New units. */
  make(count: number): Units {
    return Int32Array.from({ length: count }, () => this.#sameAs.push(this.#sameAs.length) - 1);
  }

  /** Makes the units of both one, place by place; beside `noUnit` a unit stays itself. Throws RangeError. */
  unite(a: Units, b: Units): Units {
    if (a.length !== b.length) throw new RangeError(`${a.length} units cannot be those of ${b.length} channels.`);
    return a.map((unit, k) => {
      if (unit === noUnit || b[k] === noUnit) return Math.max(unit, b[k]);
      const [earlier, later] = [this.#find(unit), this.#find(b[k])].sort((x, y) => x - y);
      this.#sameAs[later] = earlier;
      return earlier;
    });
  }

  /** Says whose the slices of `value` along `axis` are; said twice, as of a shared weight, the units are one. Returns `value`. */
  tag(value: Value, axis: number, units: Units): Value {
    const tags = this.#tags.get(value) ?? new Map<number, Units>();
    const known = tags.get(axis);
    this.#tags.set(value, tags.set(axis, known ? this.unite(known, units) : units));
    return value;
  }

  /** Says whose the channels of `value` are, its last axis; returns `value`. */
  tagChannels(value: Value, units: Units): Value {
    return this.tag(value, value.type.shape.length - 1, units);
  }

  /** Says that the channels of `to` are made by the units of `from`, each of its own; returns `to`. */
  handOn(from: Value, to: Value): Value {
    return this.tagChannels(to, this.channelsOf(from));
  }

  /** The units of the last axis. Throws RangeError for a value that no layer has tagged. */
  channelsOf(value: Value): Units {
    const units = this.#tags.get(value)?.get(value.type.shape.length - 1);
    if (!units) throw new RangeError(`A value made by ${value.primitive.name} outside a layer has no units.`);
    return units;
  }

  /** The tagged axes of a value in ascending order; equal numbers are one unit. */
  axesOf(value: Value): UnitAxis[] {
    return Array.from(this.#tags.get(value) ?? [], ([axis, units]) => ({
      axis,
      units: units.map((unit) => (unit === noUnit ? unit : this.#find(unit))),
    })).sort((a, b) => a.axis - b.axis);
  }

  #find(unit: number): number {
    let root = unit;
    while (this.#sameAs[root] !== root) root = this.#sameAs[root];
    this.#sameAs[unit] = root;
    return root;
  }
}

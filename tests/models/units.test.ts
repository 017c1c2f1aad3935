import { describe, expect, it } from "vitest";
import { fixedUnit, noUnit, UnitTags } from "../../src/models/units.ts";
import { constant, input } from "../../src/tensor/primitives/index.ts";

const value = (...shape: number[]) => input({ dtype: "float", shape });

describe("units", () => {
  it("are made anew, handed on and made one place by place", () => {
    const tags = new UnitTags();
    const [a, b, c] = [value(2, 3), value(2, 3), value(2, 3)];
    const [first, second] = [tags.make(3), tags.make(3)];
    expect(new Set([...first, ...second]).size).toBe(6);
    tags.tagChannels(a, first);
    tags.handOn(a, b);
    expect(tags.channelsOf(b)).toEqual(first);
    tags.tagChannels(c, second);
    tags.unite(tags.channelsOf(b), Int32Array.of(second[1], noUnit, second[0]));
    const [own, other] = [a, c].map((one) => [...tags.axesOf(one)[0].units]);
    expect(own[0]).toBe(other[1]);
    expect(own[2]).toBe(other[0]);
    expect(new Set([...own, ...other]).size).toBe(4);
  });

  it("are made one through a third, in any order", () => {
    const tags = new UnitTags();
    const units = tags.make(6);
    const at = (...places: number[]) => Int32Array.from(places, (place) => units[place]);
    tags.unite(at(5, 4), at(3, 2));
    tags.unite(at(1, 0), at(4, 5));
    tags.unite(at(3), at(0));
    const x = tags.tagChannels(value(6), units);
    const [{ units: found }] = tags.axesOf(x);
    expect([...found].map((unit) => found.indexOf(unit))).toEqual([0, 1, 1, 0, 1, 0]);
  });

  it("that are one with a fixed one are fixed; a channel of zeros takes the unit beside it", () => {
    const tags = new UnitTags();
    const units = tags.make(2);
    const x = tags.tagChannels(value(2), units);
    expect(tags.unite(units, Int32Array.of(fixedUnit, noUnit))).toEqual(Int32Array.of(fixedUnit, units[1]));
    expect(tags.axesOf(x)).toEqual([{ axis: 0, units: Int32Array.of(fixedUnit, units[1]) }]);
  });

  it("of a weight that two layers share are one", () => {
    const tags = new UnitTags();
    const weight = value(2, 2);
    const [first, second] = [tags.make(2), tags.make(2)];
    tags.tag(weight, 1, first);
    tags.tag(weight, 1, second);
    const [a, b] = [first, second].map((units) => tags.axesOf(tags.tagChannels(value(2), units))[0].units);
    expect(a).toEqual(b);
    expect(tags.axesOf(weight)).toEqual([{ axis: 1, units: a }]);
  });

  it("are asked of layers only, and only of as many channels", () => {
    const tags = new UnitTags();
    expect(() => tags.channelsOf(constant(0, [2]))).toThrow("A value made by constant outside a layer has no units.");
    expect(() => tags.unite(tags.make(2), tags.make(3))).toThrow("2 units cannot be those of 3 channels.");
  });
});

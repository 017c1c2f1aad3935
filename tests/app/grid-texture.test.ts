import { describe, expect, it } from "vitest";
import { changedRows, GridTexture } from "../../src/app/scene/grid-texture.ts";

const columns = 3;
const rows = 8;
const rowLength = columns * 4;
const texels = (change: Readonly<Record<number, number>> = {}) => {
  const values = new Float32Array(rowLength * rows);
  for (const [index, value] of Object.entries(change)) values[Number(index)] = value;
  return values;
};

/** As three.js does once the texture is on the device. */
const upload = (texture: GridTexture) => {
  texture.clearUpdateRanges();
  texture.onUpdate?.(texture);
};

describe("a grid's texture", () => {
  it("finds the rows that changed", () => {
    expect(changedRows(texels(), texels({ 5: 1, [rowLength * 7]: 2 }), rowLength)).toEqual([0, 7]);
    expect(changedRows(texels(), texels(), rowLength)).toEqual([]);
    expect(changedRows(texels({ 0: Number.NaN }), texels({ 0: Number.NaN }), rowLength)).toEqual([0]);
  });

  it("goes up as a whole first, then by the rows that changed since", () => {
    const texture = new GridTexture(texels(), columns, rows);
    texture.write(texels({ 0: 1 }));
    expect(texture.updateRanges).toEqual([]);
    upload(texture);
    const { version } = texture;
    const next = texels({ 0: 1, [rowLength * 2 + 1]: 3 });
    texture.write(next);
    texture.write(texels({ 0: 1, [rowLength * 2 + 1]: 3, [rowLength * 4]: 1 }));
    expect(texture.updateRanges).toEqual([2, 4].map((row) => ({ start: row * rowLength, count: rowLength })));
    expect(texture.image.data?.[rowLength * 4]).toBe(1);
    expect(texture.version).toBe(version + 2);
  });

  it("goes up as a whole again where most rows changed, and stays so until it has", () => {
    const texture = new GridTexture(texels(), columns, rows);
    upload(texture);
    texture.write(texels({ 0: 1 }));
    texture.write(new Float32Array(rowLength * rows).fill(2));
    texture.write(new Float32Array(rowLength * rows).fill(2).with(3, 9));
    expect(texture.updateRanges).toEqual([]);
    upload(texture);
    texture.write(new Float32Array(rowLength * rows).fill(2));
    expect(texture.updateRanges).toEqual([{ start: 0, count: rowLength }]);
  });

  it("is left alone when nothing changed", () => {
    const texture = new GridTexture(texels(), columns, rows);
    upload(texture);
    const { version } = texture;
    texture.write(texels());
    expect(texture.version).toBe(version);
  });
});

import { describe, expect, it } from "vitest";
import { surfaceToGlb } from "../../src/app/export/mesh/gltf.ts";
import { surfaceToStl } from "../../src/app/export/mesh/stl.ts";
import { surfaceMesh } from "../../src/app/export/mesh/surface-mesh.ts";
import { surfaceToVtp } from "../../src/app/export/mesh/vtp.ts";
import { colourTable } from "../../src/app/figure/colour-maps.ts";
import { reliefExtent } from "../../src/app/figure/relief.ts";
import { valueRange } from "../../src/app/figure/value-scale.ts";
import { ProgressiveGrid } from "../../src/experiment/progressive-grid.ts";

/** loss = 1 + column + 10·row on a grid of 4 × 3, with `missing` cells left out. */
function figureWith(
  missing: readonly number[] = [],
  value = (cell: number) => 1 + (cell % 4) + 10 * Math.floor(cell / 4),
) {
  const grid = new ProgressiveGrid({ min: -1, max: 2, count: 4 }, { min: 0, max: 2, count: 3 });
  const cells = Uint32Array.from({ length: 12 }, (_, cell) => cell).filter((cell) => !missing.includes(cell));
  const loss = Float64Array.from(cells, value);
  grid.apply({ cells, loss, lossError: loss.map(() => 0.5), accuracy: loss.map(() => 0.25) });
  return { grid, metric: "loss", range: valueRange(1, 24, { low: null, high: null }, "linear") } as const;
}
const relief = reliefExtent(3, 2, 1);

describe("a mesh of a surface", () => {
  it("has two triangles a square, one where a corner is missing, none where two are", () => {
    expect(surfaceMesh(figureWith()).triangles).toHaveLength(3 * 12);
    expect(surfaceMesh(figureWith([0])).triangles).toHaveLength(3 * 11);
    expect(surfaceMesh(figureWith([0, 1])).triangles).toHaveLength(3 * (12 - 2 - 1));
    expect(surfaceMesh(figureWith([], (cell) => (cell === 5 ? Number.POSITIVE_INFINITY : 2))).cells).not.toContain(5);
    expect(() => surfaceMesh(figureWith([1, 3, 4, 6, 9, 11]))).toThrow("No three neighbouring points are measured yet");
  });
});

interface Triangle {
  readonly normal: number[];
  readonly corners: number[][];
}

function readStl(bytes: Uint8Array): Triangle[] {
  const view = new DataView(bytes.buffer);
  const count = view.getUint32(80, true);
  expect(bytes.length).toBe(84 + 50 * count);
  const point = (at: number) => [0, 4, 8].map((offset) => view.getFloat32(at + offset, true));
  return Array.from({ length: count }, (_, index) => {
    const at = 84 + 50 * index;
    return { normal: point(at), corners: [12, 24, 36].map((offset) => point(at + offset)) };
  });
}

/** Of a closed body, by the divergence theorem: positive when all triangles face outwards. */
const volumeOf = (triangles: readonly Triangle[]) =>
  triangles.reduce((sum, { corners: [a, b, c] }) => {
    const cross = [b[1] * c[2] - b[2] * c[1], b[2] * c[0] - b[0] * c[2], b[0] * c[1] - b[1] * c[0]];
    return sum + (a[0] * cross[0] + a[1] * cross[1] + a[2] * cross[2]) / 6;
  }, 0);

describe("STL", () => {
  it.each([[[]], [[0]], [[5]]])("is closed on all sides without cells %j", (missing) => {
    const triangles = readStl(surfaceToStl(figureWith(missing), relief));
    const edges = new Map<string, number>();
    for (const { corners } of triangles)
      for (const [from, to] of [0, 1, 2].map((k) => [corners[k], corners[(k + 1) % 3]])) {
        edges.set(`${from}|${to}`, (edges.get(`${from}|${to}`) ?? 0) + 1);
        edges.set(`${to}|${from}`, (edges.get(`${to}|${from}`) ?? 0) - 1);
      }
    expect([...edges.values()].every((balance) => balance === 0)).toBe(true);
    for (const { normal } of triangles) expect(Math.hypot(...normal)).toBeCloseTo(1, 5);
  });

  it("has the volume under the surface and its base", () => {
    // Linear in both coordinates: the mean height is that of the middle of the range.
    const volume = volumeOf(readStl(surfaceToStl(figureWith(), relief)));
    const [width, depth] = [100, 100 * (2 / 3)];
    expect(volume).toBeCloseTo(width * depth * (4 + 0.5 * relief.top * 50), 0);
  });
});

describe("glTF", () => {
  it("holds positions, normals, colours and indices where its JSON says", () => {
    const bytes = surfaceToGlb(figureWith(), relief, colourTable("viridis"), "Loss");
    const view = new DataView(bytes.buffer);
    expect([0, 4, 8].map((at) => view.getUint32(at, true))).toEqual([0x46546c67, 2, bytes.length]);
    const jsonBytes = view.getUint32(12, true);
    const document = JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + jsonBytes)));
    const start = 28 + jsonBytes;
    expect(bytes.length).toBe(start + document.buffers[0].byteLength);
    const [position, normal, , index] = document.bufferViews;
    for (const { byteOffset } of document.bufferViews) expect(byteOffset % 4).toBe(0);
    const positions = new Float32Array(
      bytes.slice(start + position.byteOffset, start + position.byteOffset + 144).buffer,
    );
    const { min, max } = document.accessors[0];
    expect(min).toEqual([-1, 0, Math.fround(-2 / 3)]);
    expect(max).toEqual([1, Math.fround(0.8), Math.fround(2 / 3)]);
    expect([...positions.subarray(0, 3)]).toEqual([-1, 0, Math.fround(2 / 3)]);
    const normals = new Float32Array(bytes.slice(start + normal.byteOffset, start + normal.byteOffset + 144).buffer);
    // A plane: one normal everywhere, upwards and against the slope.
    for (let vertex = 0; vertex < 12; vertex++) {
      const [x, y, z] = normals.subarray(3 * vertex, 3 * vertex + 3);
      expect([x, y, z].map((value) => value.toFixed(5))).toEqual([...normals.subarray(0, 3)].map((v) => v.toFixed(5)));
      expect(y).toBeGreaterThan(0);
      expect(x).toBeLessThan(0);
      expect(z).toBeGreaterThan(0);
    }
    expect(document.accessors[3].count).toBe(36);
    expect(index.byteLength).toBe(144);
  });

  it("has the ends of the colour map, in linear light, at the ends of the range", () => {
    const bytes = surfaceToGlb(figureWith(), relief, colourTable("viridis"), "Loss");
    const jsonBytes = new DataView(bytes.buffer).getUint32(12, true);
    const colours = bytes.subarray(28 + jsonBytes + 288, 28 + jsonBytes + 288 + 48);
    // #440154 and #fde725.
    expect([...colours.subarray(0, 4)]).toEqual([15, 0, 23, 255]);
    expect([...colours.subarray(44, 48)]).toEqual([250, 204, 5, 255]);
  });
});

describe("vtp", () => {
  it("lists points in the values' own units, with all figures at each", () => {
    const text = surfaceToVtp(figureWith([11]));
    expect(text).toContain('NumberOfPoints="11" NumberOfPolys="11"');
    const data = (name: string) =>
      new RegExp(`Name="${name}"[^>]*>\\n([^<]*)\\n<`).exec(text)![1].split(" ").map(Number);
    expect(data("points").slice(0, 6)).toEqual([-1, 0, 1, 0, 0, 2]);
    expect(data("loss")).toEqual([1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23]);
    expect(data("lossError")).toEqual(Array(11).fill(0.5));
    expect(data("accuracy")).toEqual(Array(11).fill(0.25));
    expect(data("offsets").at(-1)).toBe(33);
    expect(Math.max(...data("connectivity"))).toBe(10);
  });
});

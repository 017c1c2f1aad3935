/**
 * The surface with its colours as glTF 2.0 in one binary file (.glb): y upwards, the longer side 2 units. Layout: header,
 * a JSON chunk, a binary chunk with positions, normals, colours and indices.
 */
import type { Figure } from "../../figure/figure.ts";
import type { Relief } from "../../figure/relief.ts";
import { platePosition, rangeFraction, surfaceMesh } from "./surface-mesh.ts";

const magic = 0x46546c67;
const jsonChunk = 0x4e4f534a;
const binaryChunk = 0x004e4942;
const component = { float32: 5126, uint32: 5125, uint8: 5121 } as const;
/** Primitives of two vertices each. */
const segments = 1;
/** The accent of the page on white, linear. */
const pathColour = [0.356, 0.008, 0.107, 1];
const target = { vertices: 34962, indices: 34963 } as const;

/** `colours`: 256 RGBA entries, sRGB bytes. `path`: pairs of points, a segment each, drawn over the surface. */
export function surfaceToGlb(
  figure: Pick<Figure, "grid" | "metric" | "range">,
  relief: Relief,
  colours: Uint8Array,
  title: string,
  path: Float32Array = new Float32Array(0),
): Uint8Array<ArrayBuffer> {
  const { cells, triangles } = surfaceMesh(figure);
  const positions = new Float32Array(3 * cells.length);
  const tints = new Uint8Array(4 * cells.length);
  for (const [vertex, cell] of cells.entries()) {
    const [right, away, up] = platePosition(figure, relief, cell);
    positions.set([right, up, -away], 3 * vertex);
    const entry = 4 * Math.round(255 * rangeFraction(figure, cell));
    tints.set([...Array.from(colours.subarray(entry, entry + 3), linearByte), 255], 4 * vertex);
  }
  const indices = Uint32Array.from(triangles);
  const hasPath = path.length > 0;
  const views = [positions, vertexNormals(positions, indices), tints, indices, ...(hasPath ? [path] : [])];
  let byteOffset = 0;
  const bufferViews = views.map(({ byteLength }, index) => {
    const view = { buffer: 0, byteOffset, byteLength, target: index === 3 ? target.indices : target.vertices };
    byteOffset += byteLength;
    return view;
  });
  const bounds = extentOf(positions);
  const count = cells.length;
  const document = {
    asset: { version: "2.0", generator: "Basin" },
    scene: 0,
    scenes: [{ nodes: hasPath ? [0, 1] : [0] }],
    nodes: [{ mesh: 0, name: title }, ...(hasPath ? [{ mesh: 1, name: "Path of training" }] : [])],
    meshes: [
      { primitives: [{ attributes: { POSITION: 0, NORMAL: 1, COLOR_0: 2 }, indices: 3, material: 0 }] },
      ...(hasPath ? [{ primitives: [{ attributes: { POSITION: 4 }, mode: segments, material: 1 }] }] : []),
    ],
    materials: [
      { doubleSided: true, pbrMetallicRoughness: { metallicFactor: 0, roughnessFactor: 0.9 } },
      ...(hasPath ? [{ pbrMetallicRoughness: { baseColorFactor: pathColour, metallicFactor: 0 } }] : []),
    ],
    accessors: [
      { bufferView: 0, componentType: component.float32, count, type: "VEC3", ...bounds },
      { bufferView: 1, componentType: component.float32, count, type: "VEC3" },
      { bufferView: 2, componentType: component.uint8, normalized: true, count, type: "VEC4" },
      { bufferView: 3, componentType: component.uint32, count: indices.length, type: "SCALAR" },
      ...(hasPath
        ? [
            {
              bufferView: 4,
              componentType: component.float32,
              count: path.length / 3,
              type: "VEC3",
              ...extentOf(path),
            },
          ]
        : []),
    ],
    bufferViews,
    buffers: [{ byteLength: byteOffset }],
  };
  return glb(new TextEncoder().encode(JSON.stringify(document)), views, byteOffset);
}

function glb(json: Uint8Array, views: readonly ArrayBufferView[], binaryBytes: number): Uint8Array<ArrayBuffer> {
  const jsonBytes = Math.ceil(json.length / 4) * 4;
  const file = new Uint8Array(12 + 8 + jsonBytes + 8 + binaryBytes);
  const words = new DataView(file.buffer);
  for (const [index, word] of [magic, 2, file.length, jsonBytes, jsonChunk].entries())
    words.setUint32(4 * index, word, true);
  file.fill(0x20, 20, 20 + jsonBytes);
  file.set(json, 20);
  let offset = 20 + jsonBytes;
  words.setUint32(offset, binaryBytes, true);
  words.setUint32(offset + 4, binaryChunk, true);
  offset += 8;
  for (const { buffer, byteOffset, byteLength } of views) {
    file.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += byteLength;
  }
  return file;
}

/** glTF's vertex colours are linear. */
function linearByte(srgb: number): number {
  const value = srgb / 255;
  return Math.round(255 * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
}

/** Means of the triangles' normals, weighted by their areas. */
function vertexNormals(positions: Float32Array, indices: Uint32Array): Float32Array {
  const normals = new Float32Array(positions.length);
  for (let at = 0; at < indices.length; at += 3) {
    const corners = indices.subarray(at, at + 3);
    const [a, b, c] = Array.from(corners, (vertex) => positions.subarray(3 * vertex, 3 * vertex + 3));
    const [u, v] = [b, c].map((point) => [point[0] - a[0], point[1] - a[1], point[2] - a[2]]);
    const cross = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    for (const vertex of corners) for (let axis = 0; axis < 3; axis++) normals[3 * vertex + axis] += cross[axis];
  }
  for (let at = 0; at < normals.length; at += 3) {
    const length = Math.hypot(normals[at], normals[at + 1], normals[at + 2]);
    if (length === 0) normals[at + 1] = 1;
    else for (let axis = 0; axis < 3; axis++) normals[at + axis] /= length;
  }
  return normals;
}

function extentOf(positions: Float32Array): { readonly min: number[]; readonly max: number[] } {
  const [min, max] = [[0, 1, 2].map(() => Number.POSITIVE_INFINITY), [0, 1, 2].map(() => Number.NEGATIVE_INFINITY)];
  for (const [index, value] of positions.entries()) {
    min[index % 3] = Math.min(min[index % 3], value);
    max[index % 3] = Math.max(max[index % 3], value);
  }
  return { min, max };
}

/** Triangles over a grid of vertices that the shader places; a stride above 1 draws the same grid coarser. */
import { BufferAttribute, BufferGeometry } from "three";

/** Indices along one side: every `stride`-th and the last. */
function strided(count: number, stride: number): number[] {
  const indices: number[] = [];
  for (let index = 0; index < count - 1; index += stride) indices.push(index);
  indices.push(count - 1);
  return indices;
}

function gridIndices(columns: number, rows: number, stride: number): Uint32Array<ArrayBuffer> {
  const across = strided(columns, stride);
  const along = strided(rows, stride);
  const indices = new Uint32Array((across.length - 1) * (along.length - 1) * 6);
  let entry = 0;
  for (let row = 0; row + 1 < along.length; row++) {
    for (let column = 0; column + 1 < across.length; column++) {
      const a = along[row] * columns + across[column];
      const b = along[row] * columns + across[column + 1];
      const c = along[row + 1] * columns + across[column];
      const d = along[row + 1] * columns + across[column + 1];
      indices[entry++] = a;
      indices[entry++] = b;
      indices[entry++] = d;
      indices[entry++] = a;
      indices[entry++] = d;
      indices[entry++] = c;
    }
  }
  return indices;
}

export function createGridGeometry(columns: number, rows: number, stride: number): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setIndex(new BufferAttribute(gridIndices(columns, rows, stride), 1));
  return geometry;
}

const shared = new Map<string, BufferGeometry>();
/** A figure of several reliefs uses two: as it stands, and coarser while it moves. */
const mostShared = 6;

/** One geometry for all reliefs of this size. The one unused longest gives its memory back, and takes it again when drawn. */
export function sharedGridGeometry(columns: number, rows: number, stride: number): BufferGeometry {
  const key = `${columns} ${rows} ${stride}`;
  const geometry = shared.get(key) ?? createGridGeometry(columns, rows, stride);
  shared.delete(key);
  shared.set(key, geometry);
  for (const [old, unused] of shared) {
    if (shared.size <= mostShared) break;
    shared.delete(old);
    unused.dispose();
  }
  return geometry;
}

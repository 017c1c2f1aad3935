/** What every instance of the path is made of: a tube, a bead, a line down or up to the surface, the mark of the replay. */
import { BufferAttribute, InstancedBufferAttribute, InstancedBufferGeometry } from "three";
import type { PathInstances } from "./path-instances.ts";

/** The shader tells the parts apart by these. */
const parts = { tube: 0, bead: 1, dropLine: 2, mark: 3 } as const;

const tubeSides = 10;
const dropLineSides = 5;
const ballSegments = { around: 12, upwards: 8 } as const;

interface Template {
  /** Three numbers a vertex: a ball's unit normal; a tube's unit normal in its cross-section, then 0. */
  readonly shapes: number[];
  /** Part, and 0 or 1 along a tube. */
  readonly pieces: number[];
  readonly indices: number[];
}

function addTube({ shapes, pieces, indices }: Template, part: number, sides: number): void {
  const first = pieces.length / 2;
  for (let side = 0; side < sides; side++) {
    const angle = (2 * Math.PI * side) / sides;
    for (const end of [0, 1]) {
      shapes.push(Math.cos(angle), Math.sin(angle), 0);
      pieces.push(part, end);
    }
    const [a, b] = [first + 2 * side, first + 2 * ((side + 1) % sides)];
    indices.push(a, b, a + 1, b, b + 1, a + 1);
  }
}

function addBall({ shapes, pieces, indices }: Template, part: number): void {
  const { around, upwards } = ballSegments;
  const first = pieces.length / 2;
  for (let row = 0; row <= upwards; row++) {
    const elevation = (Math.PI * row) / upwards;
    for (let column = 0; column <= around; column++) {
      const azimuth = (2 * Math.PI * column) / around;
      const ring = Math.sin(elevation);
      shapes.push(ring * Math.cos(azimuth), Math.cos(elevation), ring * Math.sin(azimuth));
      pieces.push(part, 0);
      if (row === upwards || column === around) continue;
      const a = first + row * (around + 1) + column;
      const b = a + around + 1;
      indices.push(a, a + 1, b, a + 1, b + 1, b);
    }
  }
}

export function createPathGeometry({ from, to, reach }: PathInstances): InstancedBufferGeometry {
  const template: Template = { shapes: [], pieces: [], indices: [] };
  addTube(template, parts.tube, tubeSides);
  addBall(template, parts.bead);
  addTube(template, parts.dropLine, dropLineSides);
  addBall(template, parts.mark);
  const geometry = new InstancedBufferGeometry();
  geometry.setIndex(template.indices);
  geometry.setAttribute("shape", new BufferAttribute(Float32Array.from(template.shapes), 3));
  geometry.setAttribute("piece", new BufferAttribute(Float32Array.from(template.pieces), 2));
  for (const [name, values] of Object.entries({ from, to, reach }))
    geometry.setAttribute(name, new InstancedBufferAttribute(values, 4));
  geometry.instanceCount = from.length / 4;
  return geometry;
}

/** New values of as many points, in place. */
export function writePathGeometry(geometry: InstancedBufferGeometry, instances: PathInstances): void {
  for (const [name, values] of Object.entries(instances) as [string, Float32Array][]) {
    const attribute = geometry.getAttribute(name) as InstancedBufferAttribute;
    attribute.array.set(values);
    attribute.needsUpdate = true;
  }
}

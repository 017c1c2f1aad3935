/** The relief's shader material and the texture it reads; updated in place, never rebuilt for new values. */
import {
  DataTexture,
  DoubleSide,
  GLSL3,
  LinearFilter,
  RGBAFormat,
  ShaderMaterial,
  UnsignedByteType,
  Vector2,
  Vector3,
} from "three";
import type { ConvexityLayer } from "../figure/convexity-layer.ts";
import type { DisplayGrid } from "../figure/display-grid.ts";
import type { Figure } from "../figure/figure.ts";
import type { Relief } from "../figure/relief.ts";
import type { ScenePalette } from "../kit/scene-palette.ts";
import { GridTexture } from "./grid-texture.ts";
import { emptyLevels, withMaximumLevels, writeLevels } from "./level-uniforms.ts";
import fragmentShader from "./relief.frag.glsl?raw";
import vertexShader from "./relief.vert.glsl?raw";

export class ReliefMaterial extends ShaderMaterial {
  constructor() {
    super({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader: withMaximumLevels(fragmentShader),
      side: DoubleSide,
      polygonOffset: true,
      polygonOffsetFactor: 1,
      polygonOffsetUnits: 1,
      uniforms: {
        displayGrid: { value: null },
        gridSize: { value: new Int32Array([1, 1]) },
        halfExtent: { value: new Vector2(1, 1) },
        scaledRange: { value: new Vector2(0, 1) },
        top: { value: 1 },
        colourMap: { value: null },
        layer: { value: new GridTexture(new Float32Array(4), 1, 1) },
        layerSize: { value: new Int32Array([1, 1]) },
        layered: { value: false },
        levels: { value: emptyLevels() },
        levelCount: { value: 0 },
        paper: { value: new Vector3(1, 1, 1) },
        ink: { value: new Vector3(0, 0, 0) },
        lightDirection: { value: new Vector3(0, 1, 0) },
        pixelRatio: { value: 1 },
        contourOpacity: { value: 1 },
        unmeasuredHue: { value: 0 },
      },
    });
  }

  setDisplay({ texels, columns, rows }: DisplayGrid): void {
    this.#write("displayGrid", "gridSize", texels, columns, rows);
  }

  setScale({ range, levels }: Pick<Figure, "range" | "levels">): void {
    this.uniforms.scaledRange.value.set(range.scaledLow, range.scaledHigh);
    this.uniforms.levelCount.value = levels.length;
    writeLevels(this.uniforms.levels.value, levels);
  }

  /** How much of the interpolated colour shows where nothing is measured. */
  setUnmeasuredHue(share: number): void {
    this.uniforms.unmeasuredHue.value = share;
  }

  /** Null: the colours stand for the heights. */
  setLayer(layer: ConvexityLayer | null): void {
    this.uniforms.layered.value = layer !== null;
    if (layer) this.#write("layer", "layerSize", layer.texels, layer.columns, layer.rows);
  }

  /** A texture keeps its memory as long as its size stays. */
  #write(name: string, sizeName: string, texels: Float32Array<ArrayBuffer>, columns: number, rows: number): void {
    const held = this.uniforms[name];
    const before = held.value as GridTexture | null;
    if (before?.fits(columns, rows)) {
      before.write(texels);
      return;
    }
    before?.dispose();
    held.value = new GridTexture(texels, columns, rows);
    this.uniforms[sizeName].value = new Int32Array([columns, rows]);
  }

  setRelief(relief: Relief): void {
    this.uniforms.halfExtent.value.set(relief.halfWidth, relief.halfDepth);
    this.uniforms.top.value = relief.top;
  }

  /** 256 RGBA colours. */
  setColours(colours: Uint8Array<ArrayBuffer>): void {
    (this.uniforms.colourMap.value as DataTexture | null)?.dispose();
    const table = new DataTexture(colours, 256, 1, RGBAFormat, UnsignedByteType);
    table.minFilter = LinearFilter;
    table.magFilter = LinearFilter;
    table.needsUpdate = true;
    this.uniforms.colourMap.value = table;
  }

  setPalette({ paper, ink }: ScenePalette): void {
    this.uniforms.paper.value.set(...paper);
    this.uniforms.ink.value.set(...ink);
  }

  override dispose(): void {
    for (const name of ["displayGrid", "layer", "colourMap"]) {
      (this.uniforms[name].value as DataTexture | null)?.dispose();
    }
    super.dispose();
  }
}

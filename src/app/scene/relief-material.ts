/** The relief's shader material and the texture it reads; updated in place, never rebuilt for new values. */
import {
  DataTexture,
  DoubleSide,
  FloatType,
  GLSL3,
  LinearFilter,
  NearestFilter,
  RGBAFormat,
  ShaderMaterial,
  UnsignedByteType,
  Vector2,
  Vector3,
  Vector4,
} from "three";
import { type ColourMapName, colourTable } from "../figure/colour-maps.ts";
import { maximumLevels } from "../figure/contour-levels.ts";
import type { Figure } from "../stores/figure-store.ts";
import fragmentShader from "./relief.frag.glsl?raw";
import type { Relief } from "./relief.ts";
import vertexShader from "./relief.vert.glsl?raw";

export interface ScenePalette {
  readonly paper: readonly [number, number, number];
  readonly ink: readonly [number, number, number];
  /** CSS colours of the frame's grid and edges, and of marks. */
  readonly gridLine: string;
  readonly frameLine: string;
  readonly accent: string;
}

export class ReliefMaterial extends ShaderMaterial {
  #columns = 0;
  #rows = 0;

  constructor() {
    super({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader: fragmentShader.replace("MAXIMUM_LEVELS", String(maximumLevels)),
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
        levels: { value: Array.from({ length: maximumLevels / 2 }, () => new Vector4()) },
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

  setFigure(figure: Figure): void {
    const { columns, rows, texels } = figure.display;
    const held = this.uniforms.displayGrid;
    if (columns !== this.#columns || rows !== this.#rows) {
      (held.value as DataTexture | null)?.dispose();
      held.value = new DataTexture(texels, columns, rows, RGBAFormat, FloatType);
      (held.value as DataTexture).minFilter = NearestFilter;
      (held.value as DataTexture).magFilter = NearestFilter;
      [this.#columns, this.#rows] = [columns, rows];
      this.uniforms.gridSize.value = new Int32Array([columns, rows]);
    } else {
      (held.value as DataTexture).image.data = texels;
    }
    (held.value as DataTexture).needsUpdate = true;
    this.uniforms.scaledRange.value.set(figure.range.scaledLow, figure.range.scaledHigh);
    this.uniforms.unmeasuredHue.value = figure.ghost ? 0.04 : 0.42;
    this.uniforms.levelCount.value = figure.levels.length;
    figure.levels.forEach(({ scaled, index }, position) => {
      const pair = this.uniforms.levels.value[position >> 1] as Vector4;
      if (position % 2 === 0) pair.set(scaled, index ? 1 : 0, pair.z, pair.w);
      else pair.set(pair.x, pair.y, scaled, index ? 1 : 0);
    });
  }

  setRelief(relief: Relief): void {
    this.uniforms.halfExtent.value.set(relief.halfWidth, relief.halfDepth);
    this.uniforms.top.value = relief.top;
  }

  setColourMap(name: ColourMapName, reversed: boolean): void {
    (this.uniforms.colourMap.value as DataTexture | null)?.dispose();
    const table = new DataTexture(colourTable(name, reversed), 256, 1, RGBAFormat, UnsignedByteType);
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
    (this.uniforms.displayGrid.value as DataTexture | null)?.dispose();
    (this.uniforms.colourMap.value as DataTexture | null)?.dispose();
    super.dispose();
  }
}

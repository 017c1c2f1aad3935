/** The quadratic model's shader material: six coefficients, no texture. */
import { DoubleSide, GLSL3, ShaderMaterial, Vector2, Vector3 } from "three";
import type { QuadraticModel } from "../../experiment/curvature.ts";
import type { Figure } from "../figure/figure.ts";
import type { Relief } from "../figure/relief.ts";
import type { ScenePalette } from "../kit/scene-palette.ts";
import { emptyLevels, withMaximumLevels, writeLevels } from "./level-uniforms.ts";
import fragmentShader from "./model.frag.glsl?raw";
import vertexShader from "./model.vert.glsl?raw";

/** Vertices along either side. */
export const modelGridCount = 97;

export class ModelMaterial extends ShaderMaterial {
  constructor() {
    super({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader: withMaximumLevels(fragmentShader),
      side: DoubleSide,
      transparent: true,
      depthWrite: false,
      uniforms: {
        gridCount: { value: modelGridCount },
        alphaEnds: { value: new Vector2(-1, 1) },
        betaEnds: { value: new Vector2(-1, 1) },
        lossAtZero: { value: 0 },
        gradient: { value: new Vector2() },
        hessian: { value: new Vector3() },
        logarithmic: { value: false },
        scaledRange: { value: new Vector2(0, 1) },
        halfExtent: { value: new Vector2(1, 1) },
        top: { value: 1 },
        levels: { value: emptyLevels() },
        levelCount: { value: 0 },
        paper: { value: new Vector3(1, 1, 1) },
        ink: { value: new Vector3(0, 0, 0) },
        lightDirection: { value: new Vector3(0, 1, 0) },
        pixelRatio: { value: 1 },
        contourOpacity: { value: 1 },
      },
    });
  }

  setModel({ loss, gradient, hessian }: QuadraticModel): void {
    this.uniforms.lossAtZero.value = loss;
    this.uniforms.gradient.value.set(...gradient);
    this.uniforms.hessian.value.set(...hessian);
  }

  setFigure({ grid, range, levels }: Pick<Figure, "grid" | "range" | "levels">): void {
    this.uniforms.alphaEnds.value.set(grid.alpha[0], grid.alpha[grid.columns - 1]);
    this.uniforms.betaEnds.value.set(grid.beta[0], grid.beta[grid.rows - 1]);
    this.uniforms.logarithmic.value = range.kind === "log";
    this.uniforms.scaledRange.value.set(range.scaledLow, range.scaledHigh);
    this.uniforms.levelCount.value = levels.length;
    writeLevels(this.uniforms.levels.value, levels);
  }

  setRelief(relief: Relief): void {
    this.uniforms.halfExtent.value.set(relief.halfWidth, relief.halfDepth);
    this.uniforms.top.value = relief.top;
  }

  setPalette({ paper, ink }: ScenePalette): void {
    this.uniforms.paper.value.set(...paper);
    this.uniforms.ink.value.set(...ink);
  }
}

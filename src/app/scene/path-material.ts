/** The path's shader material: instances and uniforms, no texture. Of two kinds: what is seen, and what the relief hides. */
import { Color, GLSL3, GreaterDepth, LessEqualDepth, ShaderMaterial, Vector2, Vector3 } from "three";
import type { Relief } from "../figure/relief.ts";
import type { ValueRange } from "../figure/value-scale.ts";
import type { ScenePalette } from "../kit/scene-palette.ts";
import fragmentShader from "./path.frag.glsl?raw";
import vertexShader from "./path.vert.glsl?raw";

/** World units, of the tube where a point lies in the plane. */
const tubeRadius = 0.013;
const hiddenOpacity = 0.34;

export class PathMaterial extends ShaderMaterial {
  constructor(layer: "seen" | "hidden") {
    super({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      transparent: true,
      depthWrite: layer === "seen",
      depthFunc: layer === "seen" ? LessEqualDepth : GreaterDepth,
      uniforms: {
        halfExtent: { value: new Vector2(1, 1) },
        scaledRange: { value: new Vector2(0, 1) },
        top: { value: 1 },
        radius: { value: tubeRadius },
        count: { value: 1 },
        replay: { value: -1 },
        accent: { value: new Vector3() },
        paper: { value: new Vector3(1, 1, 1) },
        ink: { value: new Vector3(0, 0, 0) },
        lightDirection: { value: new Vector3(0, 1, 0) },
        opacity: { value: layer === "seen" ? 1 : hiddenOpacity },
      },
    });
  }

  setPlace(relief: Relief, range: ValueRange): void {
    this.uniforms.halfExtent.value.set(relief.halfWidth, relief.halfDepth);
    this.uniforms.top.value = relief.top;
    this.uniforms.scaledRange.value.set(range.scaledLow, range.scaledHigh);
  }

  /** Takes the replay's position in points along the path; null where nothing is replayed. */
  setPosition(position: number | null, count: number): void {
    this.uniforms.replay.value = position ?? -1;
    this.uniforms.count.value = count;
  }

  setPalette({ paper, ink, accent }: ScenePalette): void {
    this.uniforms.paper.value.set(...paper);
    this.uniforms.ink.value.set(...ink);
    // As it is written: the shaders of the scene work in sRGB.
    this.uniforms.accent.value.set(...hexChannels(accent));
  }
}

function hexChannels(colour: string): [number, number, number] {
  const { r, g, b } = new Color().setStyle(colour).convertLinearToSRGB();
  return [r, g, b];
}

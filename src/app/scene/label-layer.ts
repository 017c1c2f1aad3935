/**
 * Text over the scene: HTML for crispness, placed at projected points. Labels are laid in order of importance and one
 * that would cover another is left out. Works on the DOM directly, once per drawn frame, outside React.
 */
import { type Camera, Vector3 } from "three";
import type { Point } from "../figure/relief.ts";

export interface SceneLabel {
  readonly text: string;
  readonly position: Point;
  /** CSS class for the kind of label. */
  readonly kind: "tick" | "axis" | "pin";
  /** Smaller is placed first. */
  readonly rank: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const gap = 3;

export function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right + gap && b.left < a.right + gap && a.top < b.bottom + gap && b.top < a.bottom + gap;
}

interface Placed {
  readonly element: HTMLSpanElement;
  text: string;
  width: number;
  height: number;
}

export class LabelLayer {
  readonly #root: HTMLElement;
  readonly #pool: Placed[] = [];
  readonly #point = new Vector3();
  #labels: readonly SceneLabel[] = [];

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  setLabels(labels: readonly SceneLabel[]): void {
    this.#labels = [...labels].sort((a, b) => a.rank - b.rank);
    while (this.#pool.length < labels.length) {
      const element = document.createElement("span");
      this.#root.append(element);
      this.#pool.push({ element, text: "", width: 0, height: 0 });
    }
    this.#pool.forEach((entry, index) => {
      const label = this.#labels[index];
      const text = label ? `${label.kind}|${label.text}` : "";
      if (entry.text === text) return;
      entry.text = text;
      entry.width = 0;
      entry.element.className = label ? `scene-label scene-label-${label.kind}` : "scene-label";
      entry.element.textContent = label?.text ?? "";
    });
    for (const entry of this.#pool) {
      if (entry.width > 0 || entry.text === "") continue;
      entry.width = entry.element.offsetWidth;
      entry.height = entry.element.offsetHeight;
    }
  }

  place(camera: Camera, width: number, height: number): void {
    const taken: Box[] = [];
    this.#pool.forEach((entry, index) => {
      const label = this.#labels[index];
      const visible = label !== undefined && this.#placeOne(entry, label, camera, width, height, taken);
      entry.element.style.visibility = visible ? "visible" : "hidden";
    });
  }

  #placeOne(entry: Placed, label: SceneLabel, camera: Camera, width: number, height: number, taken: Box[]): boolean {
    this.#point.set(...label.position).project(camera);
    if (this.#point.z > 1) return false;
    const left = Math.round(((this.#point.x + 1) / 2) * width - entry.width / 2);
    const middle = ((1 - this.#point.y) / 2) * height;
    const top = Math.round(label.kind === "pin" ? middle - entry.height : middle - entry.height / 2);
    // Pins give way upwards before they give up.
    const tries = label.kind === "pin" ? 3 : 1;
    for (let attempt = 0; attempt < tries; attempt++) {
      const raised = top - attempt * (entry.height + gap + 1);
      const box = { left, top: raised, right: left + entry.width, bottom: raised + entry.height };
      if (box.left < 0 || box.top < 0 || box.right > width || box.bottom > height) return false;
      if (taken.some((other) => overlaps(box, other))) continue;
      taken.push(box);
      entry.element.style.transform = `translate(${left}px, ${raised}px)`;
      return true;
    }
    return false;
  }
}

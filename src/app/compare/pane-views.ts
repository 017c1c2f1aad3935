/** The panes' scenes on their one sheet: what is drawn where in every frame. */
import type { PerspectiveCamera, Scene, WebGLRenderer } from "three";
import { type PanePlace, viewportOf } from "./pane-place.ts";

export interface PaneView {
  readonly scene: Scene;
  readonly camera: PerspectiveCamera;
  readonly place: PanePlace;
}

/** Views by run. */
export type PaneViews = Map<string, PaneView>;

/**
 * Draws every pane into its part of the sheet, each from its own camera, on a sheet that is clear wherever none is.
 * The clear colour is set here: before it has rendered anything, three.js clears to opaque black.
 */
export function renderPanes(renderer: WebGLRenderer, views: PaneViews, sheetHeight: number): void {
  renderer.setScissorTest(false);
  renderer.setClearColor(0x000000, 0);
  renderer.clear();
  renderer.setScissorTest(true);
  for (const { scene, camera, place } of views.values()) {
    const { x, y, width, height } = viewportOf(place, sheetHeight);
    renderer.setViewport(x, y, width, height);
    renderer.setScissor(x, y, width, height);
    renderer.render(scene, camera);
  }
  renderer.setScissorTest(false);
}

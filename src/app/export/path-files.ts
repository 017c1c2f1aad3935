/** The training's path over a figure as values for files: part of a document, and arrays beside the surface's. */
import type { NumpyArray } from "../../experiment/numpy/npy.ts";
import type { FigurePath } from "../figure/figure-path.ts";

const columns = ["step", "alpha", "beta", "offPlane", "loss", "lossError", "accuracy"] as const;

/** For a JSON document; null where not measured or not finite. */
export function pathDocument(path: FigurePath) {
  const lists = columns.map((name) => [name, Array.from(path[name])] as const);
  return { ...Object.fromEntries(lists), distance: path.extent, explained: path.explained };
}

/** `path_step`, `path_alpha` and so on, each of as many numbers as the path has points. */
export function pathArrays(path: FigurePath): Record<string, NumpyArray> {
  const shape = [path.step.length];
  return Object.fromEntries(columns.map((name) => [`path_${name}`, { shape, data: path[name] }]));
}

/** Whether the surfaces kept with runs can stand side by side as they are: each in the plane of the same settings. */
import type { Surface } from "../../../experiment/surface.ts";
import { parseDirection } from "../../../experiment/surface-texts.ts";
import type { SurfaceView } from "../../../experiment/surface-view.ts";
import { viewOfReport } from "../view-of-report.ts";
import type { LoadedRun } from "./runs.ts";

/** The settings that all of the kept surfaces are of, or why there are none, as a sentence. */
export type KeptView =
  | { readonly view: SurfaceView; readonly why: null }
  | { readonly view: null; readonly why: string };

export function keptView(runs: readonly Pick<LoadedRun, "surface">[]): KeptView {
  const surfaces = runs.flatMap(({ surface }) => (surface ? [surface] : []));
  const missing = runs.length - surfaces.length;
  if (missing > 0)
    return because(
      surfaces.length === 0
        ? "No surface is kept around the last weights of these runs."
        : `${missing} of these ${runs.length} runs ${missing === 1 ? "keeps" : "keep"} no surface around the last weights.`,
    );
  if (!surfaces.every(isRepeatable)) return because("A kept surface has directions from a file, which are its own.");
  const views = surfaces.map(({ report }) => viewOfReport(report));
  if (views.some(({ y }) => y === null)) return because("What is kept of a run is a line, not a surface.");
  if (views.some(({ x, y }) => x.kind === "pca" || y?.kind === "pca"))
    return because("A kept surface is in the plane of its own run's path, in which no other run lies.");
  const [first, ...others] = views;
  if (!first) return because("No run is chosen.");
  const differing = aspects.filter(({ of }) => others.some((view) => !same(of(view), of(first))));
  return differing.length === 0
    ? { view: first, why: null }
    : because(`The surfaces kept with these runs differ in ${differing.map(({ name }) => name).join(", ")}.`);
}

const because = (why: string): KeptView => ({ view: null, why });

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** What two planes may differ in, in words. */
const aspects: readonly { readonly name: string; readonly of: (view: SurfaceView) => unknown }[] = [
  { name: "directions", of: ({ x, y, orthogonalize }) => [x, y, orthogonalize] },
  { name: "normalisation", of: ({ normalization }) => normalization },
  { name: "biases", of: ({ biases }) => biases },
  { name: "BatchNorm statistics", of: ({ batchNorm }) => batchNorm },
  { name: "examples", of: ({ subset }) => subset },
  { name: "range", of: ({ alpha, beta }) => [alpha.min, alpha.max, beta.min, beta.max] },
  { name: "grid", of: ({ alpha, beta }) => [alpha.count, beta.count] },
];

/** Whether the directions of a kept surface can be asked for again by name. */
export function isRepeatable({ report: { request } }: Surface): boolean {
  return [request.x, request.y].every((text) => text === null || parseDirection(text, "direction").kind !== "file");
}

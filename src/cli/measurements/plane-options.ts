/** Options of a plane around a checkpoint: of a surface, and of what is measured over one. */
import { z } from "zod";
import { biasTreatments, normalizations, surfaceSubsets } from "../../experiment/surface.ts";
import { flag, withHelp } from "../schema-options.ts";
import { backendOption } from "./shared-options.ts";

/** `grid`: its size unless told; `statistics`: those of BatchNorm that can be asked for. */
export const planeOptions = <const Statistics extends readonly ["frozen", ...string[]]>(
  grid: string,
  statistics: Statistics,
) => ({
  checkpoint: withHelp(z.string().optional(), "file", "the centre, a safetensors state dict, of Basin or of PyTorch"),
  run: withHelp(
    z.string().optional(),
    "folder",
    "a run's folder: its checkpoint, unless one is given, and its recorded path",
  ),
  spec: withHelp(z.string().optional(), "file", "the specification; without it the checkpoint's own"),
  x: withHelp(
    z.string().optional(),
    "direction",
    "random:SEED, eigen:N (eigen:-1 the smallest), pca:N of the path, or file:PATH",
  ),
  y: withHelp(z.string().optional(), "direction", "random:SEED, eigen:N, pca:N or file:PATH"),
  eigenvectors: withHelp(
    z.string().optional(),
    "folder",
    "a spectrum's folder for eigen:N; without it they are computed, into --out",
  ),
  normalize: withHelp(
    z.enum(normalizations).optional(),
    "kind",
    "how directions are scaled to the weights; by kind filter if random, else none",
  ),
  biases: withHelp(
    z.enum(biasTreatments).optional(),
    "treatment",
    "biases and BatchNorm's parameters; by kind ignore if random, else include",
  ),
  batchNorm: withHelp(z.enum(statistics).default("frozen"), "mode", "the statistics that BatchNorm uses"),
  subset: withHelp(z.enum(surfaceSubsets).default("train"), "name", "the examples to evaluate on"),
  orthogonalize: flag("take from y its part along x"),
  grid: withHelp(z.string().default(grid), "size", "COLUMNSxROWS"),
  range: withHelp(
    z.string().optional(),
    "range",
    "MIN:MAX, or MIN:MAX,MIN:MAX for x and y; without it -1:1, and ±√(2/|λ|) along eigen:N",
  ),
  backend: backendOption,
});

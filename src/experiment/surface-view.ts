/**
 * A surface as it is asked for by a person: a `SurfaceRequest` whose directions are still named, by their seeds, as
 * eigenvectors or as principal directions of the run's path, so that it fits in a link. How the surface is drawn (colours, scales) is the page's own matter.
 */
import { z } from "zod";
import type { Rule } from "./strict-parse.ts";
import { batchNormModes, biasTreatments, normalizations, surfaceSubsets } from "./surface.ts";
import { maxCoordinate, maxEigenIndex, maxGridCount, maxPrincipalIndex, maxSeed } from "./surface-texts.ts";

const randomDirection = z.strictObject({ kind: z.literal("random"), seed: z.int().min(0).max(maxSeed) });
const eigenDirection = z.strictObject({
  kind: z.literal("eigen"),
  index: z
    .int()
    .min(-maxEigenIndex)
    .max(maxEigenIndex)
    .refine(
      (index) => index !== 0,
      "Eigenvectors are numbered 1, 2, … from the largest and -1, -2, … from the smallest.",
    ),
});
const principalDirection = z.strictObject({
  kind: z.literal("pca"),
  index: z.int().min(1).max(maxPrincipalIndex),
});
/** Schemas of directions by kind, for fields that ask for one of them. */
export const directionSchemas = { random: randomDirection, eigen: eigenDirection, pca: principalDirection } as const;
const direction = z.discriminatedUnion("kind", [randomDirection, eigenDirection, principalDirection]);
const coordinate = z.number().min(-maxCoordinate).max(maxCoordinate);
const axis = z
  .strictObject({
    min: coordinate.default(-1),
    max: coordinate.default(1),
    count: z.int().min(1).max(maxGridCount).default(51),
  })
  .prefault({});

/**
 * The defaults are the convention of Li et al. 2018: two random directions, filter-normalised, 51×51 on [−1, 1]². They do
 * not depend on the directions: links and files that leave the treatment out were made when it was this one for all.
 */
export const surfaceViewSchema = z.strictObject({
  x: direction.default({ kind: "random", seed: 1 }),
  y: direction.nullable().default({ kind: "random", seed: 2 }),
  normalization: z.enum(normalizations).default("filter"),
  biases: z.enum(biasTreatments).default("ignore"),
  orthogonalize: z.boolean().default(false),
  batchNorm: z.enum(batchNormModes).default("frozen"),
  subset: z.enum(surfaceSubsets).default("train"),
  alpha: axis,
  beta: axis,
});

export type SurfaceView = z.infer<typeof surfaceViewSchema>;
export type ViewDirection = SurfaceView["x"];

export const surfaceViewRules: readonly Rule<SurfaceView>[] = (["alpha", "beta"] as const).map((name) => ({
  fields: [`${name}.min`, `${name}.max`],
  check: (view) =>
    view[name].min < view[name].max ? null : `Give less than ${view[name].max}, the value of ${name}.max.`,
}));

/** Initial weights in a specification, for every family alike; `models/initializers.ts` draws them. */
import { z } from "zod";
import { seed } from "./common-fields.ts";

/** σ of the Gaussian scheme where none is given. */
export const defaultGaussianStd = 0.05;

export const initSchema = z
  .strictObject({
    scheme: z.enum(["gaussian", "he-normal", "xavier-normal", "orthogonal"]).default("he-normal"),
    std: z
      .number()
      .gt(0)
      .max(10)
      .optional()
      .describe(`Standard deviation of the gaussian scheme, ${defaultGaussianStd} where absent; of no other.`),
    seed: seed.default(1),
  })
  .overwrite((init) =>
    init.scheme === "gaussian" && init.std === undefined ? { ...init, std: defaultGaussianStd } : init,
  );

export type InitSpec = z.infer<typeof initSchema>;

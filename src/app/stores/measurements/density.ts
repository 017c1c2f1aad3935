/** The density of the spectrum by stochastic Lanczos quadrature; its parts are the probes' quadratures. */
import { z } from "zod";
import type { QuadratureRun } from "../../../experiment/curvature.ts";
import { numberField } from "../../../experiment/url/url-field.ts";
import { curvatureRequest } from "./matrix.ts";
import type { StreamedMeasurement } from "./measurement.ts";

const schema = z
  .strictObject({ probes: z.int().min(1).max(1000).default(10), steps: z.int().min(2).max(1000).default(60) })
  .prefault({});

export const density: StreamedMeasurement<"density", QuadratureRun, z.infer<typeof schema>> = {
  label: "Measure the density",
  name: "Density",
  panel: {
    title: "Density",
    labels: () => ["Probes", "Lanczos steps per probe"],
  },
  schema,
  fields: [numberField("densityProbes", "density.probes"), numberField("densitySteps", "density.steps")],
  params: (own, matrix) => ({ request: curvatureRequest(matrix), ...own }),
  partOf: (event) => (event.kind === "probe" ? event.run : null),
  partsOf: ({ runs }) => runs,
};

/** `convexity`: the extreme eigenvalues of the Hessian over a coarse grid of a plane. */
import { z } from "zod";
import { convexityRatio, convexityToJson, convexityToNpz } from "../../experiment/convexity-files.ts";
import { curvatureBatchNormModes } from "../../experiment/curvature.ts";
import { describePlane } from "../../experiment/plane-description.ts";
import { measurementCommand } from "./measurement-command.ts";
import { planeOptions } from "./plane-options.ts";
import { outOption, seedOption, solveOf, solverOptions } from "./shared-options.ts";

export const convexity = measurementCommand({
  name: "convexity",
  description: "the Hessian's smallest over its largest eigenvalue over a plane, of the weights of rank 2 and more",
  options: z.strictObject({
    ...planeOptions("9x9", curvatureBatchNormModes),
    ...solverOptions(1e-2),
    out: outOption("convexity"),
    seed: seedOption("seed of the directions that are not named and of the solver"),
  }),
  async centre(options) {
    const { parsePlane, readCentre } = await import("../plane.ts");
    // A direction that is none is refused before anything is read.
    parsePlane(options);
    const { spec, weights } = await readCentre(options);
    return { spec, weights, backend: options.backend };
  },
  async params(options, at, session) {
    const { parsePlane, readPlane } = await import("../plane.ts");
    const plane = await readPlane(parsePlane(options), at, options, session);
    const { alpha, beta } = plane;
    return { ...at, plane, alpha, beta, ...solveOf(options), seed: options.seed };
  },
  report(event, session) {
    if (event.kind !== "point") return;
    const { done, points, largest, smallest } = event;
    session.sayProgress(`${done} of ${points} points, ${smallest.toPrecision(4)} to ${largest.toPrecision(4)}`);
  },
  files: async (map, { plane }) => ({
    "convexity.json": convexityToJson(map, describePlane(plane)),
    "convexity.npz": convexityToNpz(map),
  }),
  summary(map, out) {
    const ratios = convexityRatio(map).filter(Number.isFinite);
    const { status, unconverged, products, alpha, beta, report } = map;
    return {
      status,
      out,
      columns: alpha.length,
      rows: beta.length,
      points: ratios.length,
      smallestRatio: ratios.length > 0 ? ratios.reduce((least, ratio) => Math.min(least, ratio)) : null,
      largestRatio: ratios.length > 0 ? ratios.reduce((most, ratio) => Math.max(most, ratio)) : null,
      unconverged,
      products,
      examples: report.examples,
      dimension: report.dimension,
      backend: report.backend,
      elapsedMs: report.elapsedMs,
    };
  },
});

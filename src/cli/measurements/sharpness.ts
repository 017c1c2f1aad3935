/** `sharpness`: how far the loss rises around a checkpoint, on average and at worst. */
import { z } from "zod";
import { isAverage, sharpnessKinds, usualDraws, usualMeasure, usualSteps } from "../../experiment/sharpness.ts";
import { batchNormModes, surfaceSubsets } from "../../experiment/surface.ts";
import { parseDecimal } from "../../experiment/surface-texts.ts";
import { resultFiles } from "../result-files.ts";
import { withHelp } from "../schema-options.ts";
import { measurementCommand } from "./measurement-command.ts";
import { backendOption, checkpointOptions, optionalOut, seedOption } from "./shared-options.ts";

const kinds = sharpnessKinds.join(", ");

/** `adaptive-worst` or `adaptive-worst=0.5`. */
const measure = z.string().transform((text, context) => {
  const [name, radius, ...rest] = text.split("=");
  const kind = sharpnessKinds.find((known) => known === name);
  if (kind === undefined || rest.length > 0) {
    context.addIssue(`Give KIND or KIND=RADIUS, KIND one of ${kinds}.`);
    return z.NEVER;
  }
  const value = radius === undefined ? usualMeasure(kind).radius : parseDecimal(radius);
  if (value !== null && value > 0 && Number.isFinite(value)) return { kind, radius: value };
  context.addIssue("Give a number above 0.");
  return z.NEVER;
});

export const sharpness = measurementCommand({
  name: "sharpness",
  description: "how far the loss rises around a checkpoint, on average and at worst",
  options: z.strictObject({
    ...checkpointOptions,
    out: optionalOut("sharpness"),
    measures: withHelp(z.array(measure).optional(), "measures", `KIND or KIND=RADIUS of ${kinds}`),
    draws: withHelp(z.int().min(1).default(usualDraws), "n", "of every average"),
    steps: withHelp(z.int().min(1).default(usualSteps), "k", "gradients of every worst case"),
    subset: withHelp(z.enum(surfaceSubsets).default("train"), "name", "the examples of the loss"),
    batchNorm: withHelp(z.enum(batchNormModes).default("frozen"), "mode", "the statistics that BatchNorm uses"),
    seed: seedOption("seed of the draws"),
    backend: backendOption,
  }),
  params({ subset, batchNorm, seed, draws, steps, measures = sharpnessKinds.map(usualMeasure) }, at) {
    const counted = measures.map(({ kind, radius }) => ({ kind, radius, count: isAverage(kind) ? draws : steps }));
    return { ...at, request: { subset, batchNorm, measures: counted, seed } };
  },
  report({ measure: index, estimate }, session, { request }) {
    const { kind, done, value } = estimate;
    session.sayProgress(`${kind}: ${done} of ${request.measures[index].count}, ${value.toPrecision(4)}`);
  },
  files: (result) => resultFiles("sharpness", result),
  summary({ report, ...found }) {
    const { examples, backend, elapsedMs } = report;
    return { ...found, examples, backend, elapsedMs };
  },
});

/** Initial weights of a spec, before any training. */
import { drawInitialWeights } from "../training/initial-weights.ts";
import type { JobHandlers } from "./job-context.ts";
import { modelOf } from "./problem.ts";

export const initialize: JobHandlers["initialize"] = async ({ spec }) => drawInitialWeights(modelOf(spec), spec.init);

/** Where a model's tensors lie in its flat vectors. */
import type { JobHandlers } from "./job-context.ts";
import { modelOf } from "./problem.ts";

export const describeModel: JobHandlers["describeModel"] = async ({ spec }) => modelOf(spec).layout;

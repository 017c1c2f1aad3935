/** `evaluate`: loss and accuracy of a checkpoint, and its gradient if wanted. */
import { writeSafetensors } from "../../experiment/safetensors/write-safetensors.ts";
import type { SurfaceSubset } from "../../experiment/surface.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import { modelOf } from "../../jobs/problem.ts";
import { unpackTensors } from "../../models/state-dict.ts";
import { readCheckpoint } from "../inputs.ts";
import type { Session } from "../session.ts";
import { writeFileAtomically } from "../write-files.ts";

export interface EvaluateOptions {
  readonly checkpoint: string;
  readonly spec?: string;
  readonly subset: SurfaceSubset;
  readonly gradient?: string;
  readonly backend: BackendChoice;
}

/** Resolves with the exit code. */
export async function evaluate(options: EvaluateOptions, session: Session): Promise<number> {
  const { spec, weights } = await readCheckpoint(options.checkpoint, options.spec);
  await session.announceBackend(options.backend);
  const { subset, backend: choice, gradient: gradientPath } = options;
  const wanted = { spec, weights, subset, backend: choice, gradient: gradientPath !== undefined };
  const { loss, accuracy, count, backend, gradient } = await session.follow("evaluate", wanted);
  if (gradientPath !== undefined && gradient) {
    const tensors = unpackTensors(modelOf(spec).layout, gradient);
    await writeFileAtomically(gradientPath, writeSafetensors({ tensors, metadata: { format: "pt" } }));
  }
  session.print({
    loss,
    accuracy,
    count,
    subset,
    backend,
    ...(gradientPath !== undefined && { gradient: gradientPath }),
  });
  return 0;
}

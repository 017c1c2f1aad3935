/** `product`: a checkpoint's curvature times a vector. */
import { writeSafetensors } from "../../experiment/safetensors/write-safetensors.ts";
import { modelOf } from "../../jobs/problem.ts";
import { unpackTensors } from "../../models/state-dict.ts";
import { readCheckpoint, readVector } from "../inputs.ts";
import { type MatrixOptions, requestOf } from "../measurements/shared-options.ts";
import type { Session } from "../session.ts";
import { writeFileAtomically } from "../write-files.ts";

export interface ProductOptions extends MatrixOptions {
  readonly vector: string;
  readonly out: string;
}

/** Resolves with the exit code. */
export async function product(options: ProductOptions, session: Session): Promise<number> {
  const { spec, weights } = await readCheckpoint(options.checkpoint, options.spec);
  const vector = await readVector(options.vector, spec);
  await session.announceBackend(options.backend);
  const { backend, out } = options;
  const params = { spec, weights, request: requestOf(options), backend, vector };
  const result = await session.follow("product", params);
  const tensors = unpackTensors(modelOf(spec).layout, result.product);
  await writeFileAtomically(out, writeSafetensors({ tensors, metadata: { format: "pt" } }));
  const { examples, dimension, elapsedMs } = result.report;
  session.print({
    out,
    rayleighQuotient: result.rayleighQuotient,
    operator: options.operator,
    examples,
    dimension,
    backend: result.report.backend,
    elapsedMs,
  });
  return 0;
}

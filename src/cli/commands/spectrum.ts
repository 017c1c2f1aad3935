/** `spectrum`: eigenpairs of a checkpoint's curvature, as files. */
import type { JobEvent } from "../../jobs/jobs.ts";
import { exitCodes } from "../cli-error.ts";
import { readCheckpoint } from "../inputs.ts";
import type { Session } from "../session.ts";
import { spectrumFiles } from "../spectrum-folder.ts";
import { writeTogether } from "../write-files.ts";
import { requestOf, type SolveOptions, solveOf } from "./curvature-options.ts";

export interface SpectrumOptions extends SolveOptions {
  readonly out: string;
  readonly top: number;
  readonly bottom: number;
}

/** Resolves with the exit code. */
export async function spectrum(options: SpectrumOptions, session: Session): Promise<number> {
  const { spec, weights } = await readCheckpoint(options.checkpoint, options.spec);
  await session.announceBackend(options.backend);
  const { top, bottom, backend, out } = options;
  const result = await session.follow(
    "spectrum",
    {
      spec,
      weights,
      request: requestOf(options),
      backend,
      top,
      bottom,
      ...solveOf(options),
    },
    (event) => reportSolve(event, session),
  );
  await writeTogether(out, spectrumFiles(result));
  const { status, products, eigenvalues, residuals } = result;
  const { examples, dimension, elapsedMs } = result.report;
  session.print({
    status,
    out,
    eigenvalues: [...eigenvalues],
    residuals: [...residuals],
    products,
    examples,
    dimension,
    backend: result.report.backend,
    elapsedMs,
  });
  if (status === "cancelled") return exitCodes.interrupted;
  return status === "converged" ? 0 : exitCodes.failure;
}

export function reportSolve(event: JobEvent<"spectrum">, { say, sayProgress }: Session): void {
  if (event.kind === "started") {
    const gflop = (event.cost.flopPerStep / 1e9).toPrecision(3);
    say(`${event.dimension} parameters, ${event.examples} examples, ${gflop} GFLOP a product`);
    if (event.resumed) {
      const { products: kept, lostProducts } = event.resumed;
      say(
        `The device was lost. The solve goes on from the basis stored at ${kept} products; ${lostProducts} are lost.`,
      );
    }
    return;
  }
  const { products, converged, ritzValues, residuals } = event;
  const worst = residuals.reduce((most, residual) => Math.max(most, residual), 0);
  sayProgress(
    `${products} products, ${converged} of ${ritzValues.length} pairs converged, ` +
      `largest ${ritzValues[0]?.toPrecision(5)}, worst residual ${worst.toPrecision(2)}`,
  );
}

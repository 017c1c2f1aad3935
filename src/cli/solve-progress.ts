/** How far a solve for eigenpairs is, on stderr. */
import type { JobEvent } from "../jobs/jobs.ts";
import type { Session } from "./session.ts";

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

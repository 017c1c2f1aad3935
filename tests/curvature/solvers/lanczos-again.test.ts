/** One solver for several matrices in turn: as if each had a solver of its own. */
import { expect, test } from "vitest";
import type { SymmetricOperator } from "../../../src/curvature/operator.ts";
import { LanczosSolver, lanczos } from "../../../src/curvature/solvers/lanczos.ts";
import type { LanczosOptions } from "../../../src/curvature/solvers/lanczos-options.ts";
import { candidates } from "../backends.ts";
import { denseOperator, withSpectrum } from "../dense.ts";

const n = 40;
const matrices = [1, 2, 3].map((seed) =>
  withSpectrum(
    Array.from({ length: n }, (_, i) => 8 / (i + 1) - (i > 35 ? seed : 0)),
    seed,
  ),
);
const options: LanczosOptions = { top: 3, bottom: 1, tolerance: 1e-5, seed: 2, memoryBytes: 1e8, maxProducts: 200 };

test.each(candidates)("gives the same bits as a new solver on $name, with and without restarts", async ({ create }) => {
  const backend = await create();
  const operators = await Promise.all(matrices.map((rows) => denseOperator(backend, rows)));
  const bytes = backend.kind === "reference" ? 8 : 4;
  for (const memoryBytes of [1e8, 20 * n * bytes]) {
    let current = operators[0];
    const changing: SymmetricOperator = {
      ...operators[0],
      async apply(count, signal) {
        backend.write(current.vectors[0], await backend.read(operators[0].vectors[0]));
        await current.apply(count, signal);
        backend.write(operators[0].products[0], await backend.read(current.products[0]));
      },
    };
    const solver = new LanczosSolver(changing, { ...options, memoryBytes });
    for (const operator of operators) {
      current = operator;
      const found = await solver.solve();
      expect(found.status).toBe("converged");
      expect(found).toEqual(await lanczos(operator, { ...options, memoryBytes }));
    }
    await solver.dispose();
  }
  backend.dispose();
});

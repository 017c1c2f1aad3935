/** How fast a backend is here: a product of two matrices, again and again for a moment. */
import type { Backend } from "../../backends/backend.ts";
import { input } from "../../tensor/primitives/input.ts";
import { matmul } from "../../tensor/primitives/matmul.ts";
import { sum } from "../../tensor/primitives/reductions.ts";

/** Rows and columns of either matrix: 17 million multiplications a product, a few milliseconds of one processor. */
const size = 256;
/** Products sent at once, so that a device far away isn't judged by the way there and back. */
const together = 4;
/** More would tell no more. */
const mostRounds = 5;

/**
 * Multiplications a second within `budgetMs`, compiling and warming up included; undefined when the budget is over before
 * anything was timed.
 */
export async function measureRate(backend: Backend, budgetMs: number): Promise<number | undefined> {
  const startedMs = performance.now();
  const isOver = () => performance.now() - startedMs > budgetMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), budgetMs);
  });
  const measured = measureUntil(backend, isOver);
  // What comes after the timeout is nobody's any more.
  measured.catch(() => {});
  try {
    return await Promise.race([measured, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

async function measureUntil(backend: Backend, isOver: () => boolean): Promise<number | undefined> {
  const matrix = { dtype: "float", shape: [size, size] } as const;
  const inputs = { a: input(matrix), b: input(matrix) };
  const a = backend.createTensor(matrix, new Float32Array(size * size).fill(1 / size), "measured a");
  const b = backend.createTensor(matrix, new Float32Array(size * size).fill(1), "measured b");
  try {
    const outputs = { total: sum(matmul(inputs.a, inputs.b)) };
    const executable = await backend.compile({ inputs, outputs }, { inputs: { a, b } });
    try {
      await executable.run([{}]);
      let best: number | undefined;
      for (let round = 0; round < mostRounds && !isOver(); round++) {
        const startedMs = performance.now();
        await executable.run(Array.from({ length: together }, () => ({})));
        const rate = (together * size ** 3) / ((performance.now() - startedMs) / 1000);
        best = Math.max(best ?? 0, rate);
      }
      return best;
    } finally {
      executable.dispose();
    }
  } finally {
    a.dispose();
    b.dispose();
  }
}

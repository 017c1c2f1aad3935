/** Compares the device's backend with the float64 reference: loss, gradient and a Hessian product of small nets. */
import { createModel } from "../architectures/networks.ts";
import { architectures, type ModelSpec, modelTitle } from "../architectures/specs.ts";
import { createReferenceBackend } from "../backends/reference/backend.ts";
import { syntheticFacts } from "../data/sets/synthetic/facts.ts";
import { yieldToEvents } from "../execution/yield-to-events.ts";
import type { CheckRow } from "./device-jobs.ts";
import type { JobHandlers } from "./job-context.ts";
import { measureCheck } from "./measure-check.ts";

const cases: readonly ModelSpec[] = architectures.flatMap(({ checks }) => checks);

/** Relative errors that float32 backends must stay within. */
const bounds = { loss: 1e-6, gradient: 1e-5, product: 3e-5 };

const total = cases.length * Object.keys(bounds).length;

export const selfCheck: JobHandlers["selfCheck"] = async ({ backend: choice }, { signal, emit, workbench }) => {
  const { backend } = await workbench.backend(choice);
  const rows: CheckRow[] = [];
  const report = async (name: string, error: number, bound: number) => {
    const row = { name, error, bound, passed: error <= bound };
    rows.push(row);
    await emit({ row, done: rows.length, total });
  };
  for (const spec of cases) {
    const name = modelTitle(spec);
    const model = createModel(spec, syntheticFacts.image);
    const reference = await measureCheck(createReferenceBackend(), model, signal);
    await yieldToEvents();
    signal.throwIfAborted();
    const measured = await measureCheck(backend, model, signal);
    await report(`${name}: loss`, relativeError([measured.loss], [reference.loss]), bounds.loss);
    await report(`${name}: gradient`, relativeError(measured.gradient, reference.gradient), bounds.gradient);
    await report(`${name}: Hessian product`, relativeError(measured.product, reference.product), bounds.product);
  }
  return rows;
};

/** ‖a − b‖/‖b‖. */
function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let difference = 0;
  let norm = 0;
  for (let k = 0; k < b.length; k++) {
    difference += (a[k] - b[k]) ** 2;
    norm += b[k] ** 2;
  }
  return Math.sqrt(difference / norm);
}

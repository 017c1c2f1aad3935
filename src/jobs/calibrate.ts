/**
 * A first guess of the speed of this device, for estimates before anything has been trained here. Whatever is done afterwards
 * says it better, and what has been done before is not measured again.
 */
import type { JobHandlers } from "./job-context.ts";
import { measureRate } from "./platform/measure-rate.ts";

/** Compiling and warming up included. */
const budgetMs = 250;
/**
 * The share of a matrix product's rate that training reaches: its other work counts too. VGG11-BN of a quarter of the width
 * reaches 0.4 to 0.6 of it on WebAssembly (docs/decisions/first-view.md).
 */
const shareOfProducts = 0.5;

export const calibrate: JobHandlers["calibrate"] = async ({ backend: choice }, { workbench }) => {
  const { backend } = await workbench.backend(choice);
  const known = workbench.rate(backend);
  if (known !== undefined) return { flopPerSecond: known };
  const multiplications = await measureRate(backend, budgetMs);
  if (multiplications === undefined) return { flopPerSecond: null };
  const flopPerSecond = 2 * multiplications * shareOfProducts;
  workbench.setRate(backend, flopPerSecond);
  return { flopPerSecond };
};

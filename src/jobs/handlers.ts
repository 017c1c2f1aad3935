/** All jobs by name. */
import { benchmark } from "./benchmark.ts";
import { density } from "./density.ts";
import { describeDevice } from "./describe-device.ts";
import { estimateCost } from "./estimate-cost.ts";
import { evaluate } from "./evaluate.ts";
import { exportCheckpoint, importCheckpoint } from "./exchange-checkpoint.ts";
import { importImages, storedImages } from "./import-images.ts";
import { initialize } from "./initialize.ts";
import type { JobHandlers } from "./jobs.ts";
import { measureCells } from "./measure-cells.ts";
import { product } from "./product.ts";
import { selfCheck } from "./self-check.ts";
import { spectrum } from "./spectrum.ts";
import { surface } from "./surface.ts";
import { trace } from "./trace.ts";
import { train } from "./train.ts";

export const jobHandlers: JobHandlers = {
  describeDevice,
  estimateCost,
  initialize,
  train,
  evaluate,
  surface,
  measureCells,
  spectrum,
  density,
  trace,
  product,
  selfCheck,
  benchmark,
  importImages,
  storedImages,
  exportCheckpoint,
  importCheckpoint,
};

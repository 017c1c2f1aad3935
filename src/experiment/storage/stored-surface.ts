/** A surface, whole or in part, as a file of the browser's storage, and back. */
import { z } from "zod";
import type { KeptSurface } from "../surface.ts";
import { parseReport } from "../surface-files.ts";
import type { ArrayFile } from "./array-file.ts";
import { takeArray } from "./take-array.ts";

const metaSchema = z.object({ report: z.unknown(), step: z.int().min(0).optional() });

export function surfaceToFile({ values, report, step }: KeptSurface): ArrayFile {
  const { columns: _columns, rows: _rows, ...arrays } = values;
  return { meta: { report, ...(step !== undefined && { step }) }, arrays };
}

/** Throws an Error that says what is wrong. */
export function surfaceFromFile({ meta, arrays }: ArrayFile): KeptSurface {
  const take = (name: string) => takeArray(arrays, name, Float64Array);
  const values = {
    alpha: take("alpha"),
    beta: take("beta"),
    loss: take("loss"),
    lossError: take("lossError"),
    accuracy: take("accuracy"),
    measured: takeArray(arrays, "measured", Uint8Array),
  };
  const [columns, rows] = [values.alpha.length, values.beta.length];
  for (const grid of [values.loss, values.lossError, values.accuracy, values.measured])
    if (grid.length !== columns * rows)
      throw new Error(`${grid.length} values were kept for ${columns}×${rows} points`);
  const { report, step } = metaSchema.parse(meta);
  return {
    values: { columns, rows, ...values },
    report: parseReport(report),
    ...(step !== undefined && { step }),
  };
}

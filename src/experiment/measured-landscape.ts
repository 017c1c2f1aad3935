/**
 * A landscape measured earlier, as one JSON document small enough for a page's first view: a surface's report and values,
 * the training's path in its plane, where the weights stand and when it was measured. Values are rounded to the digits that
 * a picture shows; the full ones are in the surface's own files.
 */
import { z } from "zod";
import { ResultFileError } from "./experiment-error.ts";
import { axisValues } from "./grid.ts";
import type { Surface } from "./surface.ts";
import { parseReport } from "./surface-files.ts";
import type { ProjectedPath } from "./trajectory.ts";

const format = "basin-landscape";
const version = 1;

export interface MeasuredLandscape {
  readonly surface: Surface;
  /** The trained path's points; all of them are measured. */
  readonly path: ProjectedPath;
  /** ‖θₙ − θ₀‖ between the path's last point and its first. */
  readonly extent: number;
  /** Fractions of the path's variance along the two directions. */
  readonly explained: readonly number[];
  /** Where the centre's weights stand: "after 10 epochs". */
  readonly label: string;
  /** Year, month and day of the measurement: 2026-11-25. */
  readonly measuredOn: string;
}

/** JSON has no word for what is not finite: such a value is null. */
const numbers = z.array(z.number().nullable());
const pathColumns = ["step", "alpha", "beta", "offPlane", "loss", "lossError", "accuracy"] as const;
const valueColumns = ["loss", "lossError", "accuracy"] as const;

const documentSchema = z.object({
  format: z.literal(format),
  version: z.literal(version),
  measuredOn: z.iso.date(),
  label: z.string().min(1),
  report: z.unknown(),
  values: z.object({ loss: numbers, lossError: numbers, accuracy: numbers }),
  path: z.record(z.enum(pathColumns), numbers),
  extent: z.number().positive(),
  explained: z.array(z.number()),
});

/** Throws a ResultFileError that says what is wrong. */
export function landscapeFromJson(text: string): MeasuredLandscape {
  try {
    const {
      report: given,
      values,
      path,
      extent,
      explained,
      label,
      measuredOn,
    } = documentSchema.parse(JSON.parse(text));
    const report = parseReport(given);
    const [alpha, beta] = [axisValues(report.request.alpha), axisValues(report.request.beta)];
    const size = alpha.length * beta.length;
    const points = path.step.length;
    return {
      extent,
      explained,
      label,
      measuredOn,
      surface: {
        report,
        values: {
          columns: alpha.length,
          rows: beta.length,
          alpha,
          beta,
          ...columns(valueColumns, values, size),
          measured: new Uint8Array(size).fill(1),
        },
      },
      path: columns(pathColumns, path, points),
    };
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new ResultFileError(
      {
        where: "the landscape measured earlier",
        what: `It can't be read: ${reason}`,
        remedy: "Pack it again with scripts/measure-example.ts.",
      },
      error,
    );
  }
}

/** Digits that a picture of 500 pixels shows, and one more. */
const digits = { loss: 5, lossError: 2, accuracy: 3, step: 6, alpha: 5, beta: 5, offPlane: 4 } as const;

export function landscapeToJson({ surface: { values, report }, path, ...rest }: MeasuredLandscape): string {
  const rounded = <Name extends keyof typeof digits>(
    names: readonly Name[],
    from: Readonly<Record<Name, Float64Array>>,
  ) =>
    Object.fromEntries(
      names.map((name) => [
        name,
        Array.from(from[name], (value) => (Number.isFinite(value) ? Number(value.toPrecision(digits[name])) : null)),
      ]),
    );
  const { path: _path, ...data } = report.spec.data;
  return JSON.stringify({
    format,
    version,
    ...rest,
    report: { ...report, spec: { ...report.spec, data } },
    values: rounded(valueColumns, values),
    path: rounded(pathColumns, path),
  });
}

function columns<Name extends string>(
  names: readonly Name[],
  from: Readonly<Record<Name, readonly (number | null)[]>>,
  count: number,
): Readonly<Record<Name, Float64Array>> {
  const read = names.map((name) => {
    if (from[name].length !== count) {
      throw new Error(`"${name}" has ${from[name].length} values where there are ${count} points.`);
    }
    return [name, Float64Array.from(from[name], (value) => value ?? Number.NaN)];
  });
  return Object.fromEntries(read);
}

/**
 * A sweep: one specification, and a grid of changes to it. One JSON document, shared by the page and the command line.
 * Outside input goes through `parseSweep` (`sweep-parse.ts`), `sweepRuns` makes the specifications (`sweep-runs.ts`).
 */
import { z } from "zod";
import type { ModelName, ModelSpec } from "../architectures/specs.ts";
import { specSchema } from "./spec.ts";
import { type AxisName, type AxisValue, type SweepAxis, sweepAxes, sweepAxis } from "./sweep-axes.ts";

/** Values along one axis. */
const maxAxisValues = 32;
/** Axes of one sweep. */
export const maxAxes = 3;
/** Runs of one sweep. */
export const maxSweepRuns = 100;

const values = (value: z.ZodType<AxisValue>) => z.array(value).min(1).max(maxAxisValues).optional();

const schemaWith = (axes: readonly SweepAxis[]) =>
  z.strictObject({
    name: z.string().min(1).default("Sweep").describe("Tag of the runs: at most 40 characters, no commas."),
    base: specSchema.describe("The specification that the axes change."),
    axes: z
      .strictObject(
        Object.fromEntries(
          axes.map(({ name, schema, description }) => [name, values(schema).describe(description)]),
        ) as Record<AxisName, ReturnType<typeof values>>,
      )
      .describe(`Values to try, at most ${maxAxes} axes; every combination is a run, the last axis changes fastest.`),
  });

/** Values of a model's field are those of any family that has it: what joins them is for `sweepSchemaFor`. */
export const sweepSchema = schemaWith(sweepAxes);

const ofFamilies = new Map<ModelName, typeof sweepSchema>();

/** Values of a model's fields are those of its own family. */
export function sweepSchemaFor(model: Pick<ModelSpec, "name">): typeof sweepSchema {
  const schema = ofFamilies.get(model.name) ?? schemaWith(sweepAxes.map(({ name }) => sweepAxis(name, model)));
  ofFamilies.set(model.name, schema);
  return schema;
}

export type Sweep = z.infer<typeof sweepSchema>;
export type SweepAxes = Sweep["axes"];

/** Names of the axes in the order in which they are gone through: the last changes fastest. */
export const axisNames: readonly AxisName[] = sweepAxes.map(({ name }) => name);

/** The axes that a sweep has, in order. */
export const axesOf = ({ axes }: Pick<Sweep, "axes">): AxisName[] =>
  axisNames.filter((name) => axes[name] !== undefined);

/** How many runs the axes make. */
export const runCount = (axes: SweepAxes): number =>
  axesOf({ axes }).reduce((count, name) => count * (axes[name]?.length ?? 1), 1);

/**
 * A sweep: one specification, and a grid of changes to it. One JSON document, shared by the page and the command line.
 * Outside input goes through `parseSweep` (`sweep-parse.ts`), `sweepRuns` makes the specifications (`sweep-runs.ts`).
 */
import { z } from "zod";
import { initSchema, mlpSchema, specSchema, trainingSchema, vggSchema } from "./spec.ts";

/** Values along one axis. */
const maxAxisValues = 32;
/** Axes of one sweep. */
export const maxAxes = 3;
/** Runs of one sweep. */
export const maxSweepRuns = 100;

const axis = <Value extends z.ZodType>(value: Value) => z.array(value).min(1).max(maxAxisValues).optional();

const axesSchema = z
  .strictObject({
    scheme: axis(initSchema.shape.scheme.unwrap()).describe("Initialisation schemes: init.scheme."),
    std: axis(initSchema.shape.std.unwrap()).describe("σ of the gaussian scheme: init.std."),
    optimizer: axis(trainingSchema.shape.optimizer.unwrap()).describe("training.optimizer."),
    learningRate: axis(trainingSchema.shape.learningRate.unwrap()).describe("training.learningRate."),
    batchSize: axis(trainingSchema.shape.batchSize.unwrap()).describe("training.batchSize."),
    width: axis(vggSchema.shape.width.unwrap()).describe("Of vgg11: model.width."),
    batchNorm: axis(vggSchema.shape.batchNorm.unwrap()).describe("Of vgg11: model.batchNorm."),
    hidden: axis(mlpSchema.shape.hidden.unwrap()).describe("Of mlp, a list of units for each run: model.hidden."),
    orderSeed: axis(trainingSchema.shape.seed.unwrap()).describe(
      "Order and augmentation of the images: training.seed.",
    ),
    seed: axis(initSchema.shape.seed.unwrap()).describe("Of the initialisation: init.seed."),
  })
  .describe(`Values to try, at most ${maxAxes} axes; every combination is a run, the last axis changes fastest.`);

export const sweepSchema = z.strictObject({
  name: z.string().min(1).default("Sweep").describe("Tag of the runs: at most 40 characters, no commas."),
  base: specSchema.describe("The specification that the axes change."),
  axes: axesSchema,
});

export type Sweep = z.infer<typeof sweepSchema>;
export type SweepAxes = Sweep["axes"];
export type AxisName = keyof SweepAxes;
export type AxisValue = NonNullable<SweepAxes[AxisName]>[number];

/** In the order in which they are gone through: the last changes fastest. */
export const axisNames = Object.keys(axesSchema.shape) as AxisName[];

/** The axes that a sweep has, in order. */
export const axesOf = ({ axes }: Pick<Sweep, "axes">): AxisName[] =>
  axisNames.filter((name) => axes[name] !== undefined);

/** How many runs the axes make. */
export const runCount = (axes: SweepAxes): number =>
  axesOf({ axes }).reduce((count, name) => count * (axes[name]?.length ?? 1), 1);

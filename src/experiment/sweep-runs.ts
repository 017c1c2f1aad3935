/** The runs of a sweep: every combination of its axes' values, in row-major order, the last axis fastest. */
import type { Spec } from "./spec.ts";
import { specSchema } from "./spec.ts";
import { axesOf, type Sweep } from "./sweep.ts";
import { type AxisName, type AxisValue, sweepAxes } from "./sweep-axes.ts";
import { nameOfRun, slugOfRun } from "./sweep-names.ts";

/** One value of one axis, and which it is. */
export interface AxisChange {
  readonly axis: AxisName;
  readonly value: AxisValue;
  /** Position among the axis's values. */
  readonly position: number;
}

export interface SweepRun {
  /** Position in the sweep, from 0. */
  readonly index: number;
  /** What differs from the other runs, for people: "σ 0.05, seed 2". Unique in the sweep. */
  readonly name: string;
  /** The same as the name of a file or folder: "std-0.05_seed-2". Unique in the sweep. */
  readonly slug: string;
  readonly changes: readonly AxisChange[];
  readonly spec: Spec;
}

const placeOf = new Map(sweepAxes.map(({ name, section, field }) => [name, { section, field }]));

function placeIn(axis: AxisName) {
  const place = placeOf.get(axis);
  if (!place) throw new RangeError(`There is no axis ${axis}.`);
  return place;
}

/** The dotted path in a specification that an axis changes: `training.batchSize`. */
export function fieldOf(axis: AxisName): string {
  const { section, field } = placeIn(axis);
  return `${section}.${field}`;
}

/** Specifications of a sweep that `parseSweep` accepted are valid themselves. */
export function sweepRuns(sweep: Sweep): SweepRun[] {
  const combinations = axesOf(sweep).reduce<AxisChange[][]>(
    (before, axis) =>
      before.flatMap((changes) =>
        (sweep.axes[axis] ?? []).map((value, position) => [...changes, { axis, value, position }]),
      ),
    [[]],
  );
  return combinations.map((changes, index) => ({
    index,
    name: nameOfRun(sweep.base.model, changes),
    slug: slugOfRun(changes),
    changes,
    spec: changed(sweep.base, changes),
  }));
}

/** What belongs only to the base's own scheme or optimiser (σ, Nesterov's step) is dropped where an axis changes that. */
function changed(base: Spec, changes: readonly AxisChange[]): Spec {
  const sections: Record<"model" | "init" | "training", Record<string, unknown>> = {
    model: { ...base.model },
    init: { ...base.init },
    training: { ...base.training },
  };
  for (const { axis, value } of changes) {
    const { section, field } = placeIn(axis);
    sections[section][field] = value;
    if (axis === "scheme" && value !== "gaussian") delete sections.init.std;
    if (axis === "optimizer" && value !== "sgd") sections.training.nesterov = false;
  }
  return specSchema.parse({ ...base, ...sections });
}

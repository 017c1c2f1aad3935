/** What must hold between the parts of a sweep. Ranges of single values are those of the specification itself. */
import { maxTagLength } from "./run-labels.ts";
import { showValue } from "./spec-error.ts";
import type { Rule } from "./strict-parse.ts";
import { axesOf, axisNames, maxAxes, maxSweepRuns, runCount, type Sweep } from "./sweep.ts";
import { type AxisName, type ModelAxis, modelAxes } from "./sweep-axes.ts";

const when = (broken: boolean, remedy: string) => (broken ? remedy : null);

/** A field that only some families have. */
const ofItsOwners = ({ name: axis, owners }: ModelAxis): Rule<Sweep> => ({
  fields: [`axes.${axis}`, "base.model.name"],
  check: ({ axes, base: { model } }) =>
    when(
      axes[axis] !== undefined && !owners.includes(model.name),
      `Leave it out, since ${model.name} has no ${axis}, or set base.model.name to ${owners.map(showValue).join(" or ")}.`,
    ),
});

const withoutRepeats = (axis: AxisName): Rule<Sweep> => ({
  fields: [`axes.${axis}`],
  check: ({ axes }) => {
    const shown = (axes[axis] ?? []).map(showValue);
    return when(new Set(shown).size < shown.length, "Give each value once: equal runs come out equal.");
  },
});

export const sweepRules: readonly Rule<Sweep>[] = [
  {
    fields: ["name"],
    check: ({ name }) =>
      when(name.includes(","), "Leave out the commas: they part a run's tags, and this is one of them.") ??
      when(name.length > maxTagLength, `Give at most ${maxTagLength} characters.`),
  },
  {
    fields: ["axes", ...axisNames.map((axis) => `axes.${axis}`)],
    check: (sweep) =>
      when(axesOf(sweep).length === 0, `Give values for at least one of ${axisNames.join(", ")}.`) ??
      when(axesOf(sweep).length > maxAxes, `Keep at most ${maxAxes} of these axes.`) ??
      when(
        runCount(sweep.axes) > maxSweepRuns,
        `These are ${runCount(sweep.axes)} runs; give values for at most ${maxSweepRuns}.`,
      ),
  },
  ...axisNames.map(withoutRepeats),
  ...modelAxes.map(ofItsOwners),
  {
    fields: ["axes.std", "axes.scheme"],
    check: ({ axes }) =>
      when(
        axes.std !== undefined && axes.scheme !== undefined,
        "Sweep one of axes.std and axes.scheme: σ belongs to the gaussian scheme only.",
      ),
  },
  {
    fields: ["axes.std", "base.init.scheme"],
    check: ({ axes, base }) =>
      when(
        axes.std !== undefined && axes.scheme === undefined && base.init.scheme !== "gaussian",
        'Set base.init.scheme to "gaussian", the only scheme with a σ to choose.',
      ),
  },
];

/** What must hold between the parts of a sweep. Ranges of single values are those of the specification itself. */
import { maxTagLength } from "./run-labels.ts";
import { showValue } from "./spec-error.ts";
import type { Rule } from "./strict-parse.ts";
import { type AxisName, axesOf, axisNames, maxAxes, maxSweepRuns, runCount, type Sweep } from "./sweep.ts";

const when = (broken: boolean, remedy: string) => (broken ? remedy : null);

/** Axes that only one of the models has. */
const modelOfAxis = { width: "vgg11", batchNorm: "vgg11", hidden: "mlp" } as const;

const ofOneModel = (axis: keyof typeof modelOfAxis, remedy: string): Rule<Sweep> => ({
  fields: [`axes.${axis}`, "base.model.name"],
  check: ({ axes, base }) => when(axes[axis] !== undefined && base.model.name !== modelOfAxis[axis], remedy),
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
  ofOneModel("width", 'Sweep axes.hidden, the units of an mlp, or set base.model.name to "vgg11".'),
  ofOneModel("batchNorm", 'Leave it out, since an mlp has none, or set base.model.name to "vgg11".'),
  ofOneModel("hidden", 'Sweep axes.width, or set base.model.name to "mlp".'),
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

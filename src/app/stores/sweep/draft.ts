/** A sweep before it is started: axes with their values as typed, and what comes of them. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { defaultModel, type ModelSpec } from "../../../architectures/specs.ts";
import type { Spec } from "../../../experiment/spec.ts";
import { SpecError, type SpecProblem } from "../../../experiment/spec-error.ts";
import { maxAxes, type Sweep } from "../../../experiment/sweep.ts";
import { type AxisName, axesFor, sweepAxis } from "../../../experiment/sweep-axes.ts";
import { parseSweep } from "../../../experiment/sweep-parse.ts";
import { axisValues } from "./axis-text.ts";

export interface DraftAxis {
  readonly axis: AxisName;
  /** Values as typed. */
  readonly text: string;
}

export interface SweepDraft {
  /** "" takes one made of the axes. */
  readonly name: string;
  readonly axes: readonly DraftAxis[];
}

export interface DraftState extends SweepDraft {
  setName(name: string): void;
  /** Another axis than before begins with its first values for `model`. */
  setAxis(position: number, axis: DraftAxis, model: ModelSpec): void;
  addAxis(axis: AxisName, model: ModelSpec): void;
  removeAxis(position: number): void;
}

export type DraftStore = StoreApi<DraftState>;

/** The most asked for first; then what the model's family has of its own. */
const mostAskedFor: readonly AxisName[] = [
  "seed",
  "std",
  "scheme",
  "batchSize",
  "learningRate",
  "optimizer",
  "orderSeed",
];

/** Axes that a model has. */
export const offeredAxes = (model: ModelSpec): AxisName[] => [
  ...new Set([...mostAskedFor, ...axesFor(model).map(({ name }) => name)]),
];

/** What stands in an axis's field at first. */
const fresh = (axis: AxisName, model: ModelSpec): DraftAxis => ({
  axis,
  text: sweepAxis(axis, model).words.sweep ?? "",
});

export function createDraftStore(): DraftStore {
  return createStore<DraftState>((set, get) => ({
    name: "",
    axes: [fresh("seed", defaultModel)],
    setName: (name) => set({ name }),
    setAxis: (position, changed, model) =>
      set({
        axes: get().axes.map((axis, at) => {
          if (at !== position) return axis;
          return changed.axis === axis.axis ? changed : fresh(changed.axis, model);
        }),
      }),
    addAxis(axis, model) {
      const { axes } = get();
      if (axes.length < maxAxes) set({ axes: [...axes, fresh(axis, model)] });
    },
    removeAxis: (position) => set({ axes: get().axes.filter((_, at) => at !== position) }),
  }));
}

export type DraftOutcome =
  | { readonly sweep: Sweep; readonly problems: readonly [] }
  | { readonly sweep: null; readonly problems: readonly SpecProblem[] };

/** The sweep that a draft stands for. A sweep over σ is one of the gaussian scheme, whatever the base has. */
export function sweepOfDraft({ name, axes }: SweepDraft, base: Spec): DraftOutcome {
  const hasStd = axes.some(({ axis }) => axis === "std");
  const document = {
    ...(name.trim() && { name: name.trim() }),
    base: hasStd ? { ...base, init: { scheme: "gaussian", seed: base.init.seed } } : base,
    axes: Object.fromEntries(axes.map(({ axis, text }) => [axis, axisValues(sweepAxis(axis, base.model), text)])),
  };
  try {
    return { sweep: parseSweep(document), problems: [] };
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return { sweep: null, problems: error.problems };
  }
}

/** A sweep before it is started: axes with their values as typed, and what comes of them. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Spec } from "../../../experiment/spec.ts";
import { SpecError, type SpecProblem } from "../../../experiment/spec-error.ts";
import { type AxisName, maxAxes, type Sweep } from "../../../experiment/sweep.ts";
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
  setAxis(position: number, axis: DraftAxis): void;
  addAxis(axis: AxisName): void;
  removeAxis(position: number): void;
}

export type DraftStore = StoreApi<DraftState>;

/** What stands in an axis's field at first. */
const firstTexts: Readonly<Record<AxisName, string>> = {
  seed: "1–3",
  std: "0.02, 0.05, 0.1",
  scheme: "gaussian, he-normal",
  orderSeed: "1–3",
  learningRate: "0.01, 0.03, 0.1",
  batchSize: "20, 100",
  optimizer: "sgd, adam",
  width: "0.125, 0.25",
  batchNorm: "on, off",
  hidden: "32, 128",
};

/** Axes that a model has, the most asked for first. */
export function offeredAxes({ name }: Spec["model"]): AxisName[] {
  const shared: AxisName[] = ["seed", "std", "scheme", "batchSize", "learningRate", "optimizer", "orderSeed"];
  return name === "mlp" ? [...shared, "hidden"] : [...shared, "width", "batchNorm"];
}

export function createDraftStore(): DraftStore {
  return createStore<DraftState>((set, get) => ({
    name: "",
    axes: [{ axis: "seed", text: firstTexts.seed }],
    setName: (name) => set({ name }),
    setAxis: (position, changed) =>
      set({
        axes: get().axes.map((axis, at) => {
          if (at !== position) return axis;
          return changed.axis === axis.axis ? changed : { axis: changed.axis, text: firstTexts[changed.axis] };
        }),
      }),
    addAxis(axis) {
      const { axes } = get();
      if (axes.length < maxAxes) set({ axes: [...axes, { axis, text: firstTexts[axis] }] });
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
    axes: Object.fromEntries(axes.map(({ axis, text }) => [axis, axisValues(axis, text)])),
  };
  try {
    return { sweep: parseSweep(document), problems: [] };
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return { sweep: null, problems: error.problems };
  }
}

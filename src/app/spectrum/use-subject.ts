/** What would be measured now: the weights, the tensors chosen, what is wrong with the choice, and what a product costs. */
import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import { selectTensors } from "../../curvature/selection.ts";
import type { CurvatureReport } from "../../experiment/curvature.ts";
import type { Spec } from "../../experiment/spec.ts";
import type { Layout } from "../../models/layout.ts";
import { useLandscape } from "../context/landscape.ts";
import { useSession } from "../context/session.ts";
import { useSpectrum } from "../context/spectrum.ts";
import { imageProblems, useSpecProblems } from "../context/use-spec-problems.ts";
import { messageOf } from "../kit/message-of.ts";
import { describeCheckpoint } from "../stores/current-weights.ts";
import { curvatureRequest } from "../stores/measurements/matrix.ts";
import { layoutKey } from "../stores/spectrum/layout-store.ts";
import { type ProductCost, productCost, speedOf } from "./cost.ts";
import { type SpectrumResult, useSpectrumResults } from "./use-spectrum-results.ts";

/** The spec and the place of the weights: of the last checkpoint, or those a new training would begin with. */
export function useWeightsAtHand(): { readonly spec: Spec; readonly label: string; readonly isTrained: boolean } {
  const { training, settings } = useSession();
  const checkpoint = useStore(training, (state) => state.checkpoint);
  const origin = useStore(training, (state) => state.origin);
  const chosen = useStore(settings, (state) => state.current.spec);
  return checkpoint
    ? { spec: checkpoint.spec, label: describeCheckpoint(checkpoint, origin), isTrained: checkpoint.step > 0 }
    : { spec: chosen, label: "at initialisation", isTrained: false };
}

export function useLayout(spec: Spec): Layout | null {
  const { tensorLayouts } = useSpectrum();
  const found = useStore(tensorLayouts, (state) => state.layouts[layoutKey(spec)]);
  useEffect(() => tensorLayouts.getState().ask(spec), [tensorLayouts, spec]);
  return found ?? null;
}

export interface Selection {
  readonly tensors: number;
  readonly dimension: number;
  /** Why nothing can be measured of it; null when all is well. */
  readonly problem: string | null;
}

/** Null until the model is known. */
export function useSelection(spec: Spec): Selection | null {
  const { settings } = useSession();
  const patterns = useStore(settings, (state) => state.current.spectrum.parameters);
  const layout = useLayout(spec);
  return useMemo(() => (layout ? selectionOf(layout, patterns) : null), [layout, patterns]);
}

function selectionOf(layout: Layout, patterns: readonly string[]): Selection {
  try {
    const selected = selectTensors(layout, patterns);
    const dimension = selected.reduce((sum, { length }) => sum + length, 0);
    return { tensors: selected.length, dimension, problem: null };
  } catch (error) {
    return { tensors: 0, dimension: 0, problem: messageOf(error) };
  }
}

/** Why nothing can be measured; empty when all is well. */
export function useObstacles(): readonly string[] {
  const { training, data } = useSession();
  const hasCheckpoint = useStore(training, (state) => state.checkpoint !== null);
  const kept = useStore(data, (state) => state.kept);
  const specProblems = useSpecProblems();
  const { spec } = useWeightsAtHand();
  const selection = useSelection(spec);
  const problems = hasCheckpoint ? imageProblems(spec, kept) : specProblems;
  const ofSpec = problems.map(({ what, remedy }) => `${what} ${remedy}`);
  return selection?.problem ? [...ofSpec, selection.problem] : ofSpec;
}

export interface Price {
  readonly product: ProductCost | null;
  /** FLOP/s that this device has last reached at curvature, or at surfaces; null before any. */
  readonly speed: number | null;
}

export function usePrice(spec: Spec): Price {
  const { settings, cost, data } = useSession();
  const { surface } = useLandscape();
  const view = useStore(settings, (state) => state.current.spectrum);
  const estimate = useStore(cost);
  const kept = useStore(data, (state) => state.kept);
  const surfaceSpeed = useStore(surface, (state) => state.speed);
  const done = useSpectrumResults().filter(hasPrice);
  const reports: CurvatureReport[] = done.map(({ report }) => report);
  const lossFlop = estimate.spec && sameExamples(estimate.spec, spec) ? estimate.evaluationFlop : null;
  const latest = done.find(({ products }) => products > 0);
  return {
    product: productCost(spec, curvatureRequest(view), reports, lossFlop, kept),
    speed: latest ? speedOf(latest.report, latest.products) : surfaceSpeed === null ? null : surfaceSpeed * 1e9,
  };
}

const sameExamples = (a: Spec, b: Spec) => {
  const key = ({ model, data }: Spec) => JSON.stringify([model, data.source, data.train.count]);
  return key(a) === key(b);
};

interface Priced {
  readonly report: CurvatureReport;
  readonly products: number;
}

const hasPrice = (result: SpectrumResult): result is SpectrumResult & Priced =>
  "products" in result && "flopPerProduct" in result.report;

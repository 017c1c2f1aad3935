/** What the draft comes to: its runs, what is wrong with it, what it would cost, and why it can't start now. */
import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import type { SpecProblem } from "../../experiment/spec-error.ts";
import type { Sweep } from "../../experiment/sweep.ts";
import { type SweepRun, sweepRuns } from "../../experiment/sweep-runs.ts";
import { useCompare } from "../context/compare.ts";
import { useSession } from "../context/session.ts";
import { specProblems } from "../context/use-spec-problems.ts";
import { faultWords } from "../kit/fault-store.ts";
import { useFaults } from "../kit/field-faults.tsx";
import type { SweepCost } from "../stores/sweep/cost-store.ts";
import { sweepOfDraft } from "../stores/sweep/draft.ts";
import { isBusy } from "../stores/training-store.ts";

export interface SweepPlan {
  readonly sweep: Sweep | null;
  readonly runs: readonly SweepRun[];
  readonly problems: readonly SpecProblem[];
  /** Null while it is being estimated. */
  readonly cost: SweepCost | null;
  readonly costMessage: string | null;
  /** Why a sound sweep can't start now. */
  readonly refusal: string | null;
}

export function useSweepPlan(): SweepPlan {
  const { settings, data, training } = useSession();
  const { sweepDraft, sweepCost } = useCompare();
  const draft = useStore(sweepDraft);
  const base = useStore(settings, (state) => state.current.spec);
  const kept = useStore(data, (state) => state.kept);
  const isTaken = useStore(training, (state) => isBusy(state.status));
  const estimate = useStore(sweepCost);

  const [fault] = useFaults("experiment");
  const { sweep, runs, problems } = useMemo(() => {
    const outcome = sweepOfDraft(draft, base);
    if (!outcome.sweep) return { ...outcome, runs: [] };
    const all = sweepRuns(outcome.sweep);
    const found = all.flatMap(({ spec }) => specProblems(spec, kept));
    const distinct = new Map(found.map((problem) => [problem.what + problem.remedy, problem]));
    return { sweep: outcome.sweep, runs: all, problems: [...distinct.values()] };
  }, [draft, base, kept]);
  const isSound = problems.length === 0;
  useEffect(() => {
    if (isSound) sweepCost.getState().ask(runs);
  }, [sweepCost, runs, isSound]);

  const isCurrent = isSound && estimate.runs === runs;
  return {
    sweep: isSound ? sweep : null,
    runs,
    problems,
    cost: isCurrent ? estimate.cost : null,
    costMessage: isCurrent ? estimate.message : null,
    refusal: isTaken
      ? "A single run is under way. Wait for its end, or stop it on the Landscape page."
      : fault
        ? faultWords(fault)
        : null,
  };
}

/** All that keeps the chosen experiment from running, in words; empty when nothing does. */
import { useMemo } from "react";
import { useStore } from "zustand";
import { type Spec, specSchema } from "../experiment/spec.ts";
import type { SpecProblem } from "../experiment/spec-error.ts";
import { dataRules, specRules } from "../experiment/spec-rules.ts";
import { strictParse } from "../experiment/strict-parse.ts";
import type { StoredImages } from "../jobs/image-jobs.ts";
import { useStores } from "./app-stores.ts";

export function specProblems(spec: Spec, stored: StoredImages | null): readonly SpecProblem[] {
  if (spec.data.source === "synthetic") return strictParse(specSchema, spec, specRules).problems;
  const rules = stored ? [...specRules, ...dataRules(stored)] : specRules;
  const { problems } = strictParse(specSchema, spec, rules);
  if (stored) return problems;
  const missing = {
    path: "data.source",
    found: "cifar10",
    what: "CIFAR-10 is not in this browser yet.",
    remedy: "Bring it under Data, or take the synthetic figures.",
  };
  return [missing, ...problems];
}

export function useSpecProblems(): readonly SpecProblem[] {
  const { settings, data } = useStores();
  const spec = useStore(settings, (state) => state.current.spec);
  const stored = useStore(data, (state) => state.stored);
  return useMemo(() => specProblems(spec, stored), [spec, stored]);
}

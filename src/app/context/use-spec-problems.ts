/** All that keeps the chosen experiment from running, in words; empty when nothing does. */
import { useMemo } from "react";
import { useStore } from "zustand";
import { dataSetFacts, factsOf } from "../../data/sets/facts.ts";
import { type Spec, specSchema } from "../../experiment/spec.ts";
import type { SpecProblem } from "../../experiment/spec-error.ts";
import { dataRules, specRules } from "../../experiment/spec-rules.ts";
import { strictParse } from "../../experiment/strict-parse.ts";
import { type FieldFault, whatIsWrong } from "../kit/fault-store.ts";
import { useFaults } from "../kit/field-faults.tsx";
import { imageCounts, type KeptImages } from "../stores/image-counts.ts";
import { useSession } from "./session.ts";

export function specProblems(spec: Spec, kept: KeptImages): readonly SpecProblem[] {
  const missing = imageProblems(spec, kept);
  const rules = missing.length === 0 ? dataRules(imageCounts(spec.data.source, kept)) : [];
  return [...missing, ...strictParse(specSchema, spec, [...specRules, ...rules]).problems];
}

/** What this browser lacks of the images that the experiment is about. */
export function imageProblems({ data: { source } }: Spec, kept: KeptImages): readonly SpecProblem[] {
  const facts = factsOf(source);
  if (!facts.files) return [];
  const counts = kept.find(({ set }) => set === source)?.counts;
  const lack = (what: string): SpecProblem => ({
    path: "data.source",
    found: source,
    what,
    remedy: `Bring ${counts ? "them" : "it"} under Data, or take the ${dataSetFacts[0].title}.`,
  });
  if (!counts) return [lack(`${facts.title} is not in this browser yet.`)];
  return (["train", "test"] as const)
    .filter((split) => counts[split] === 0)
    .map((split) => lack(`This browser holds no ${split === "train" ? "training" : "test"} images of ${facts.title}.`));
}

/** What the specification breaks, and the fields whose text it could not take over. */
export function useSpecProblems(): readonly SpecProblem[] {
  const broken = useBrokenRules();
  const faults = useFaults("experiment");
  return useMemo(() => [...faults.map(problemOfField), ...broken], [broken, faults]);
}

/** What would do in a field of the specification that does not go with others; null where it does. */
export function useSpecRefusal(path: string): string | null {
  return useBrokenRules().find((problem) => problem.path === path)?.remedy ?? null;
}

function useBrokenRules(): readonly SpecProblem[] {
  const { settings, data } = useSession();
  const spec = useStore(settings, (state) => state.current.spec);
  const kept = useStore(data, (state) => state.kept);
  return useMemo(() => specProblems(spec, kept), [spec, kept]);
}

const problemOfField = (fault: FieldFault): SpecProblem => ({
  path: fault.name,
  found: fault.found,
  what: whatIsWrong(fault),
  remedy: fault.remedy,
});

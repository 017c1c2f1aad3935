/** Runs side by side: their surfaces, their figures, and what lies between them. */
import { useEffect } from "react";
import { useStore } from "zustand";
import { DrawingSection } from "../compare/panel/drawing-section.tsx";
import { RunsSection } from "../compare/panel/runs-section.tsx";
import { SurfacesSection } from "../compare/panel/surfaces-section.tsx";
import { CompareSheet } from "../compare/sheet/compare-sheet.tsx";
import { usePanes } from "../compare/use-panes.ts";
import { useCompare } from "../context/compare.ts";
import { useRuns } from "../context/runs.ts";
import { SweepSection } from "../sweep/sweep-section.tsx";
import "../styles/spectrum.css";
import "../styles/compare.css";

export default function ComparePage() {
  const { runs } = useRuns();
  const compare = useCompare();
  const panes = usePanes();
  const kept = useStore(runs, (state) => state.runs);
  useEffect(() => runs.getState().watch(), [runs]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept while the page is open is one more to choose
  useEffect(() => void compare.runs.getState().refresh(), [compare, kept]);
  return (
    <main className="landscape compare" id="main" tabIndex={-1}>
      <CompareSheet panes={panes} />
      <aside className="panel" aria-label="Controls">
        <RunsSection panes={panes} />
        <SweepSection collapsed />
        <SurfacesSection panes={panes} />
        <DrawingSection />
      </aside>
    </main>
  );
}

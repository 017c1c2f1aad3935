/** Runs side by side: their surfaces, their figures, and what lies between them. */
import { useEffect } from "react";
import { useStores } from "../app-stores.ts";
import { CompareSheet } from "../compare/compare-sheet.tsx";
import { DrawingSection } from "../compare/panel/drawing-section.tsx";
import { RunsSection } from "../compare/panel/runs-section.tsx";
import { SurfacesSection } from "../compare/panel/surfaces-section.tsx";
import { usePanes } from "../compare/use-panes.ts";
import "../styles/spectrum.css";
import "../styles/compare.css";

export default function ComparePage() {
  const { compare } = useStores();
  const panes = usePanes();
  useEffect(() => void compare.runs.getState().refresh(), [compare]);
  return (
    <main className="landscape compare" id="main" tabIndex={-1}>
      <CompareSheet panes={panes} />
      <aside className="panel" aria-label="Controls">
        <RunsSection />
        <SurfacesSection panes={panes} />
        <DrawingSection />
      </aside>
    </main>
  );
}

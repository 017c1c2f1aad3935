/** Every run kept in this browser: a table, and beside it what is said of the current one. */
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { useRuns } from "../context/runs.ts";
import { AskToStop } from "../runs/ask-to-stop.tsx";
import { DamagedRuns } from "../runs/damaged-runs.tsx";
import { RunPanel } from "../runs/run-panel.tsx";
import { RunsSheet } from "../runs/runs-sheet.tsx";
import { StorageSection } from "../runs/storage-section.tsx";
import { useRunActions } from "../runs/use-run-actions.ts";
import "../styles/runs.css";

export default function RunsPage() {
  const { runs } = useRuns();
  const [current, setCurrent] = useState<string | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const actions = useRunActions(setAsked);
  const kept = useStore(runs, (state) => state.runs);
  const removed = useStore(runs, (state) => state.removed);
  useEffect(() => runs.getState().watch(), [runs]);
  const shown = kept.filter(({ record }) => !removed.has(record.id));
  const run = shown.find(({ record }) => record.id === current) ?? shown[0] ?? null;
  return (
    <main className="landscape runs" id="main" tabIndex={-1}>
      <RunsSheet runs={shown} current={run?.record.id ?? null} setCurrent={setCurrent} actions={actions} />
      <aside className="panel" aria-label="The current run">
        {run && <RunPanel key={run.record.id} run={run} actions={actions} />}
        <DamagedRuns remove={actions.remove} />
        <StorageSection />
      </aside>
      <AskToStop runId={asked} close={() => setAsked(null)} openNow={actions.openNow} />
    </main>
  );
}

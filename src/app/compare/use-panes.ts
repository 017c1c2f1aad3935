/** The panes: the chosen runs in their order, each with its name, colour, store and figure. */
import { useMemo } from "react";
import { useStore } from "zustand";
import { useCompare } from "../context/compare.ts";
import type { Figure } from "../figure/figure.ts";
import { coloursOf, type RunName, runName } from "../figure/run-words.ts";
import type { LoadedRun, RunReading } from "../stores/compare/runs.ts";
import type { SurfaceStore } from "../stores/surface-store.ts";

export interface Pane {
  readonly id: string;
  readonly name: RunName;
  readonly colour: string;
  readonly reading: RunReading;
  /** Null until the run is loaded. */
  readonly run: LoadedRun | null;
  readonly store: SurfaceStore | null;
  readonly figure: Figure | null;
}

export function usePanes(): readonly Pane[] {
  const compare = useCompare();
  const runs = useStore(compare.runs, (state) => state.runs);
  const chosen = useStore(compare.runs, (state) => state.chosen);
  const readings = useStore(compare.runs, (state) => state.readings);
  const stores = useStore(compare.surfaces, (state) => state.stores);
  const figures = useStore(compare.figures, (state) => state.figures);
  return useMemo(() => {
    const records = chosen.flatMap((id) => runs.find((run) => run.record.id === id)?.record ?? []);
    const colours = coloursOf(records);
    return records.map((record, index): Pane => {
      const reading = readings[record.id] ?? { status: "reading" };
      const run = reading.status === "ready" ? reading.run : null;
      return {
        id: record.id,
        name: runName(record, run?.source.label ?? ""),
        colour: colours[index],
        reading,
        run,
        store: stores[record.id] ?? null,
        figure: figures[record.id] ?? null,
      };
    });
  }, [runs, chosen, readings, stores, figures]);
}

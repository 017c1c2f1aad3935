/**
 * The landscape measured earlier that stands on the plate while nothing is trained, measured or kept here: what a visitor sees first.
 * It makes room for the first thing of the visitor's own, and does not come back in that visit.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { landscapeFromJson } from "../../experiment/measured-landscape.ts";
import { ProgressiveGrid } from "../../experiment/progressive-grid.ts";
import type { Spec } from "../../experiment/spec.ts";
import type { SurfaceReport } from "../../experiment/surface.ts";
import type { SurfaceView } from "../../experiment/surface-view.ts";
import type { FigurePath } from "../figure/figure-path.ts";
import type { SurfaceStore } from "./surface-store.ts";
import type { TrainingStore } from "./training-store.ts";
import { viewOfReport } from "./view-of-report.ts";

export interface Example {
  readonly spec: Spec;
  readonly settings: SurfaceView;
  readonly report: SurfaceReport;
  readonly grid: ProgressiveGrid;
  readonly path: FigurePath;
  /** "after 10 epochs, measured earlier (25 November 2026)" */
  readonly label: string;
}

export interface ExampleState {
  /** What is shown; null before it is read, and once there is something of the visitor's own. */
  readonly example: Example | null;
  /** It is not known yet whether there is something of the visitor's own. */
  readonly isPending: boolean;
  /** Reads the file. Rejects when it can't be read; then nothing is shown. */
  show(): Promise<void>;
  /** There is something else to be shown. */
  skip(): void;
}

export type ExampleStore = StoreApi<ExampleState>;

export interface ExampleServices {
  readonly surface: SurfaceStore;
  readonly training: TrainingStore;
  /** The text of the file. */
  readonly read: () => Promise<string>;
}

export function createExampleStore({ surface, training, read }: ExampleServices): ExampleStore {
  const hasOwn = () => surface.getState().status !== "idle" || training.getState().status !== "idle";
  return createStore<ExampleState>((set) => {
    let isOver = false;
    const end = () => {
      if (isOver) return;
      isOver = true;
      set({ example: null, isPending: false });
    };
    const leave = () => {
      if (hasOwn()) end();
    };
    surface.subscribe(leave);
    training.subscribe(leave);
    return {
      example: null,
      isPending: true,
      async show() {
        try {
          const text = await read();
          if (!isOver && !hasOwn()) set({ example: parseExample(text) });
        } finally {
          set({ isPending: false });
        }
      },
      skip: end,
    };
  });
}

function parseExample(text: string): Example {
  const { surface, path, extent, explained, label, measuredOn } = landscapeFromJson(text);
  const day = new Date(`${measuredOn}T00:00Z`).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
  return {
    spec: surface.report.spec,
    settings: viewOfReport(surface.report),
    report: surface.report,
    grid: ProgressiveGrid.fromValues(surface.values),
    path: { ...path, measured: new Uint8Array(path.step.length).fill(1), extent, explained },
    label: `${label}, measured earlier (${day})`,
  };
}

/** Two of the compared runs, and how what lies between them is measured. */
import { Select } from "@mantine/core";
import { useState } from "react";
import { type PathBatchNorm, pathBatchNormModes } from "../../experiment/comparison.ts";
import { runTitle } from "../figure/run-words.ts";
import type { LoadedRun } from "../stores/compare/runs.ts";
import { alike, batchNormNames, hasBatchNorm, isAlike, shapeRefusal } from "./model-shapes.ts";
import { RunSelect } from "./run-select.tsx";
import type { Pane } from "./use-panes.ts";

const pointCounts = [11, 21, 41, 81] as const;

export interface PairChoice {
  readonly from: LoadedRun | null;
  readonly to: LoadedRun | null;
  readonly points: number;
  readonly batchNorm: PathBatchNorm;
  /** Why nothing can be measured between them; null where something can. */
  readonly refusal: string | null;
}

/** The choice, and its controls. `path`: what lies between the runs, in words: "the line". */
export function usePairChoice(panes: readonly Pane[], path: string) {
  const [chosen, setChosen] = useState<readonly [string | null, string | null]>([null, null]);
  const [points, setPoints] = useState<(typeof pointCounts)[number]>(21);
  const [batchNorm, setBatchNorm] = useState<PathBatchNorm>("interpolated");
  const ready = panes.filter(({ run }) => run !== null);
  const first = ready.find(({ id }) => id === chosen[0]) ?? alike(ready, 2)[0] ?? ready[0];
  const others = ready.filter(({ id }) => id !== first?.id);
  const second = others.find(({ id }) => id === chosen[1]) ?? others.find((pane) => isAlike(pane, first)) ?? others[0];
  const [from, to] = [first?.run ?? null, second?.run ?? null];
  const choice: PairChoice = {
    from,
    to,
    points,
    batchNorm,
    refusal: from && to ? shapeRefusal([from, to]) : "It takes two runs: choose a second one.",
  };
  const controls = (
    <>
      <RunSelect
        label={`From, on ${path}`}
        panes={ready}
        value={first?.id ?? null}
        onChange={(id) => setChosen([id, second?.id ?? null])}
      />
      <RunSelect
        label={`To, on ${path}`}
        panes={others}
        value={second?.id ?? null}
        onChange={(id) => setChosen([first?.id ?? null, id])}
      />
      <Select
        aria-label={`Points on ${path}`}
        w={110}
        value={String(points)}
        data={pointCounts.map((count) => ({ value: String(count), label: `${count} points` }))}
        onChange={(value) => setPoints(pointCounts.find((count) => String(count) === value) ?? 21)}
      />
      {from && hasBatchNorm(from) && (
        <Select
          aria-label={`BatchNorm statistics on ${path}`}
          w={190}
          value={batchNorm}
          data={pathBatchNormModes.map((value) => ({ value, label: `BatchNorm ${batchNormNames[value]}` }))}
          onChange={(value) => setBatchNorm(pathBatchNormModes.find((mode) => mode === value) ?? "interpolated")}
        />
      )}
    </>
  );
  return { choice, controls };
}

/** What a run is called, with a pane or without. */
export const nameOfRun = (panes: readonly Pane[], run: LoadedRun): string =>
  panes.find(({ id }) => id === run.record.id)?.name.title ?? runTitle(run.record);

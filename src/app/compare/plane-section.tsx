/** The plane through three of the runs, with what its surface says at the runs themselves. */
import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { useStore } from "zustand";
import { type PathBatchNorm, pathBatchNormModes } from "../../experiment/comparison.ts";
import { EmptyPlate } from "../chart/figure-plate.tsx";
import { useCompare } from "../context/compare.ts";
import { Alert } from "../kit/alert.tsx";
import { notifyFailure } from "../kit/notify.ts";
import { modelOfRun } from "../stores/compare/plane.ts";
import { alike, batchNormNames, hasBatchNorm, shapeRefusal } from "./model-shapes.ts";
import { PlaneSizeSelect, usualPlaneSize } from "./plane-size-select.tsx";
import { PlaneView, usePlaneFigure } from "./plane-view.tsx";
import { RunSelect } from "./run-select.tsx";
import type { Pane } from "./use-panes.ts";

const positions = [0, 1, 2] as const;

export function PlaneSection({ panes }: { readonly panes: readonly Pane[] }) {
  const compare = useCompare();
  const { plane } = compare;
  const place = useStore(plane.place);
  const surfaceStatus = useStore(plane.surface, ({ status }) => status);
  const figure = usePlaneFigure(plane);
  const [chosen, setChosen] = useState<readonly (string | null)[]>([null, null, null]);
  const [count, setCount] = useState(usualPlaneSize);
  const [batchNorm, setBatchNorm] = useState<PathBatchNorm>("interpolated");
  const ready = panes.filter(({ run }) => run !== null);
  const three = chooseThree(ready, chosen);
  const runs = three.flatMap(({ run }) => (run ? [run] : []));
  const refusal = runs.length === 3 ? shapeRefusal(runs) : "A plane takes three runs: choose more.";
  const isRunning = place.status === "running" || surfaceStatus === "running" || surfaceStatus === "queued";
  const controls = (
    <>
      {positions.map((position) => (
        <RunSelect
          key={position}
          label={`Run ${position + 1} of the plane`}
          panes={ready.filter((pane) => three[position] === pane || !three.includes(pane))}
          value={three[position]?.id ?? null}
          onChange={(next) => setChosen(positions.map((at) => (at === position ? next : (three[at]?.id ?? null))))}
        />
      ))}
      <PlaneSizeSelect label="Points per side of the plane" value={count} onChange={setCount} />
      {runs[0] && hasBatchNorm(runs[0]) && (
        <Select
          aria-label="BatchNorm statistics in the plane"
          w={190}
          value={batchNorm}
          data={pathBatchNormModes.map((value) => ({ value, label: `BatchNorm ${batchNormNames[value]}` }))}
          onChange={(value) => setBatchNorm(pathBatchNormModes.find((mode) => mode === value) ?? "interpolated")}
        />
      )}
      {isRunning ? (
        <Button variant="default" onClick={() => plane.cancel()}>
          Cancel
        </Button>
      ) : (
        <Button
          variant="default"
          disabled={refusal !== null}
          onClick={() => {
            const [first, second, third] = runs;
            plane
              .measure({
                source: first.source,
                models: [modelOfRun(first), modelOfRun(second), modelOfRun(third)],
                projected: [],
                count,
                subset: "train",
                batchNorm,
              })
              .catch(notifyFailure("The plane could not be measured"));
          }}
        >
          Measure plane
        </Button>
      )}
    </>
  );
  if (!figure || !place.result)
    return (
      <EmptyPlate title="Plane through three runs">
        <p>
          {place.status === "running"
            ? "The plane is being laid through the runs; its surface is drawn as it is measured."
            : `The loss on the one plane that holds three minima, all three marked: do they lie in one valley?${
                refusal ? ` ${refusal}` : ""
              }`}
        </p>
        {place.status === "failed" && <Alert title="The plane could not be measured">{place.message}</Alert>}
        <div className="compare-controls">{controls}</div>
      </EmptyPlate>
    );
  return (
    <PlaneView
      name="plane"
      title="Plane through three runs"
      plane={plane}
      panes={panes}
      controls={controls}
      place="on the plane through"
      note=""
    />
  );
}

/** Those chosen, filled up with the first others, of one model where there are three. */
function chooseThree(ready: readonly Pane[], chosen: readonly (string | null)[]): Pane[] {
  const wanted = chosen.map((id) => ready.find((pane) => pane.id === id) ?? null);
  const others = [...alike(ready, 3), ...ready].filter((pane, at, all) => all.indexOf(pane) === at);
  const free = others.filter((pane) => !wanted.includes(pane));
  return wanted.flatMap((pane) => pane ?? free.shift() ?? []);
}

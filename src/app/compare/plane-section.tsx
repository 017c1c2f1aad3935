/** The plane through three of the runs, with what its surface says at the runs themselves. */
import { Button, Select } from "@mantine/core";
import { useId, useMemo, useState } from "react";
import { useStore } from "zustand";
import { type PathBatchNorm, pathBatchNormModes } from "../../experiment/comparison.ts";
import { useStores } from "../app-stores.ts";
import { figureSummary } from "../figure/describe.ts";
import { formatCount, formatFixed, formatValue } from "../figure/format.ts";
import { metricAt, metricNames } from "../figure/metric.ts";
import { Alert } from "../panels/section.tsx";
import { notifyFailure } from "../plate/notify.ts";
import { EmptyPlate } from "../spectrum/figure-plate.tsx";
import type { Cursor } from "../stores/figure-store.ts";
import { buildFigures, DisplayCache } from "./build-figures.ts";
import { batchNormNames, hasBatchNorm, shapeRefusal } from "./model-shapes.ts";
import { PlaneFigure } from "./plane-figure.tsx";
import { RunSelect } from "./run-select.tsx";
import type { Pane } from "./use-panes.ts";

const counts = [15, 25, 51] as const;
const positions = [0, 1, 2] as const;

export function PlaneSection({ panes }: { readonly panes: readonly Pane[] }) {
  const { compare } = useStores();
  const id = useId();
  const place = useStore(compare.plane.place);
  const surface = useStore(compare.plane.surface);
  const view = useStore(compare.settings, (state) => state.view);
  const [chosen, setChosen] = useState<readonly (string | null)[]>([null, null, null]);
  const [count, setCount] = useState<(typeof counts)[number]>(25);
  const [batchNorm, setBatchNorm] = useState<PathBatchNorm>("interpolated");
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const [displays] = useState(() => new DisplayCache());
  const ready = panes.filter(({ run }) => run !== null);
  const three = chooseThree(ready, chosen);
  const runs = three.flatMap(({ run }) => (run ? [run] : []));
  const refusal = runs.length === 3 ? shapeRefusal(runs) : "A plane takes three runs: choose more.";
  const isRunning = place.status === "running" || surface.status === "running" || surface.status === "queued";
  const { grid, revision } = surface;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision says that the grid has changed
  const figure = useMemo(
    () => (grid ? buildFigures([grid], view, false, displays)[0] : null),
    [grid, revision, view, displays],
  );
  const measured = place.subject?.runs.map((run) => panes.find((pane) => pane.run === run) ?? null) ?? [];
  const names = useMemo(
    () => place.subject?.runs.map(({ record }, index) => measured[index]?.name.title ?? record.name) ?? [],
    [place.subject, measured],
  );
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
      <Select
        aria-label="Points a side of the plane"
        w={110}
        value={String(count)}
        data={counts.map((side) => ({ value: String(side), label: `${side} × ${side}` }))}
        onChange={(value) => setCount(counts.find((side) => String(side) === value) ?? 25)}
      />
      {runs[0] && hasBatchNorm(runs[0]) && (
        <Select
          aria-label="BatchNorm statistics in the plane"
          w={170}
          value={batchNorm}
          data={pathBatchNormModes.map((value) => ({ value, label: batchNormNames[value] }))}
          onChange={(value) => setBatchNorm(pathBatchNormModes.find((mode) => mode === value) ?? "interpolated")}
        />
      )}
      {isRunning ? (
        <Button variant="default" onClick={() => compare.plane.cancel()}>
          Cancel
        </Button>
      ) : (
        <Button
          variant="default"
          disabled={refusal !== null}
          onClick={() => {
            const [first, second, third] = runs;
            compare.plane
              .measure({ runs: [first, second, third], count, subset: "train", batchNorm })
              .catch(notifyFailure("The plane could not be measured"));
          }}
        >
          Measure plane
        </Button>
      )}
    </>
  );
  const message = place.status === "failed" ? place.message : surface.status === "failed" ? surface.message : null;
  if (!figure || !place.result || !place.subject)
    return (
      <EmptyPlate title="Plane through three runs">
        <p>
          {place.status === "running"
            ? "The plane is being laid through the runs; its surface is drawn as it is measured."
            : `The loss on the one plane that holds three minima, all three marked: do they lie in one valley?${
                refusal ? ` ${refusal}` : ""
              }`}
        </p>
        {message && <Alert title="The plane could not be measured">{message}</Alert>}
        <div className="compare-controls">{controls}</div>
      </EmptyPlate>
    );
  const { marks } = place.result;
  const cell = cursor ? cursor.row * figure.grid.columns + cursor.column : -1;
  return (
    <figure className="sheet-figure" aria-labelledby={id}>
      <div className="sheet-figure-head">
        <h2 id={id}>Plane through three runs</h2>
        {controls}
      </div>
      {message && <Alert title="The plane stopped with an error">{message}</Alert>}
      <p className="compare-note" role="status">
        {cell >= 0 && figure.grid.measured[cell]
          ? `${metricNames[figure.metric]} ${formatValue(metricAt(figure.grid, figure.metric, cell))}`
          : `${formatCount(figure.grid.measuredCount)} of ${formatCount(figure.grid.size)} points${
              surface.status === "cancelled" ? ", partial" : ""
            }`}
      </p>
      <PlaneFigure
        figure={figure}
        marks={marks}
        names={names}
        colours={measured.map((pane) => pane?.colour ?? "var(--ink)")}
        describedBy={`${id}-summary`}
        cursor={cursor}
        onCursor={setCursor}
      />
      <p id={`${id}-summary`} className="visually-hidden">
        {figureSummary(figure.grid, figure.metric, figure.display)}
      </p>
      <figcaption>
        <b>
          {metricNames[figure.metric]} on the plane through {names.join(", ")}.
        </b>{" "}
        Distances in the plane are those between the weights; training set.{" "}
        {marks
          .map(
            (mark, index) =>
              `${names[index]} at α = ${formatFixed(mark.alpha, 2)}, β = ${formatFixed(mark.beta, 2)}: loss ${formatValue(
                mark.inPlane.loss,
              )} in the plane, ${formatValue(mark.own.loss)} by itself`,
          )
          .join("; ")}
        .
        {hasBatchNorm(place.subject.runs[0]) ? ` BatchNorm statistics ${batchNormNames[place.subject.batchNorm]}.` : ""}
      </figcaption>
    </figure>
  );
}

/** Those chosen, filled up with the first others. */
function chooseThree(ready: readonly Pane[], chosen: readonly (string | null)[]): Pane[] {
  const wanted = chosen.map((id) => ready.find((pane) => pane.id === id) ?? null);
  const others = ready.filter((pane) => !wanted.includes(pane));
  return wanted.flatMap((pane) => pane ?? others.shift() ?? []);
}

/** The straight line between two of the runs: is there a barrier, and does matching hidden units remove it? */
import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { useStore } from "zustand";
import { type Barrier, type PathBatchNorm, pathBatchNormModes } from "../../experiment/comparison.ts";
import { useStores } from "../app-stores.ts";
import { formatCount, formatFixed, formatValue } from "../figure/format.ts";
import { Alert } from "../panels/section.tsx";
import { EmptyPlate, FigurePlate } from "../spectrum/figure-plate.tsx";
import type { LineSubject } from "../stores/compare-stores.ts";
import { LineDrawing } from "./line-drawing.tsx";
import { lineTable, seriesOf } from "./line-series.ts";
import { batchNormNames, hasBatchNorm, shapeRefusal } from "./model-shapes.ts";
import { RunSelect } from "./run-select.tsx";
import type { Pane } from "./use-panes.ts";

const pointCounts = [11, 21, 41, 81] as const;

export function LineSection({ panes }: { readonly panes: readonly Pane[] }) {
  const { compare } = useStores();
  const { status, subject, result, events, message, start, cancel } = useStore(compare.line);
  const [chosen, setChosen] = useState<readonly [string | null, string | null]>([null, null]);
  const [points, setPoints] = useState<(typeof pointCounts)[number]>(21);
  const [batchNorm, setBatchNorm] = useState<PathBatchNorm>("interpolated");
  const ready = panes.filter(({ run }) => run !== null);
  const from = ready.find(({ id }) => id === chosen[0]) ?? ready[0];
  const to = ready.find(({ id }) => id === chosen[1] && id !== from?.id) ?? ready.find(({ id }) => id !== from?.id);
  const refusal = from?.run && to?.run ? shapeRefusal([from.run, to.run]) : "A line takes two runs.";
  const isRunning = status === "running";
  const controls = (
    <>
      <RunSelect
        label="From"
        panes={ready}
        value={from?.id ?? null}
        onChange={(id) => setChosen([id, to?.id ?? null])}
      />
      <RunSelect
        label="To"
        panes={ready.filter(({ id }) => id !== from?.id)}
        value={to?.id ?? null}
        onChange={(id) => setChosen([from?.id ?? null, id])}
      />
      <Select
        aria-label="Points on the line"
        w={110}
        value={String(points)}
        data={pointCounts.map((count) => ({ value: String(count), label: `${count} points` }))}
        onChange={(value) => setPoints(pointCounts.find((count) => String(count) === value) ?? 21)}
      />
      {from?.run && hasBatchNorm(from.run) && (
        <Select
          aria-label="BatchNorm statistics on the line"
          w={170}
          value={batchNorm}
          data={pathBatchNormModes.map((value) => ({ value, label: batchNormNames[value] }))}
          onChange={(value) => setBatchNorm(pathBatchNormModes.find((mode) => mode === value) ?? "interpolated")}
        />
      )}
      {isRunning ? (
        <Button variant="default" onClick={cancel}>
          Cancel
        </Button>
      ) : (
        <Button
          variant="default"
          disabled={refusal !== null}
          onClick={() => {
            if (from?.run && to?.run) void start({ from: from.run, to: to.run, points, batchNorm });
          }}
        >
          Measure line
        </Button>
      )}
    </>
  );
  const series = seriesOf(events, result);
  const nameOf = (run: LineSubject["from"]) => panes.find((pane) => pane.run === run)?.name.title ?? run.record.name;
  return (
    <>
      {subject && series.raw.t.length > 0 ? (
        <FigurePlate
          title="Between two runs"
          name="line-between-runs"
          controls={controls}
          caption={{
            title: `Along the straight line from ${nameOf(subject.from)} to ${nameOf(subject.to)}.`,
            text: [
              "Dark: between the runs as they are; accent: to the second run after its hidden units were matched to the first's. Solid: training set; dashed: test set.",
              "The barrier is how far the training loss rises over the straight line between its ends.",
              hasBatchNorm(subject.from) ? `BatchNorm statistics ${batchNormNames[subject.batchNorm]}.` : "",
              result
                ? `On ${result.report.backend}.`
                : `${status === "cancelled" ? "Cancelled; " : ""}${formatCount(series.raw.t.length)} of ${formatCount(subject.points)} points so far.`,
            ]
              .filter(Boolean)
              .join(" "),
          }}
          summary={
            result
              ? `${barrierWords("Barrier of the training loss", result.raw.train.barrier)}${
                  result.matched ? ` ${barrierWords("After matching", result.matched.figures.train.barrier)}` : ""
                }`
              : ""
          }
          table={() => lineTable(series)}
        >
          {(width) => <LineDrawing width={width} series={series} result={result} />}
        </FigurePlate>
      ) : (
        <EmptyPlate title="Between two runs">
          <p>
            {isRunning
              ? "The line is being prepared; its points are drawn as they are measured."
              : `Loss and accuracy along the straight line between two minima, before and after their hidden units are matched: is there a barrier?${
                  refusal ? ` ${refusal}` : ""
                }`}
          </p>
          <div className="compare-controls">{controls}</div>
        </EmptyPlate>
      )}
      {status === "failed" && <Alert title="The line could not be measured">{message}</Alert>}
      {subject && refusal && series.raw.t.length > 0 && <p className="compare-note">{refusal}</p>}
    </>
  );
}

function barrierWords(name: string, { height, t }: Barrier): string {
  if (Number.isNaN(height)) return `${name}: the loss is not finite on the way.`;
  return height > 0 ? `${name} ${formatValue(height)} at t = ${formatFixed(t, 2)}.` : `${name}: none.`;
}

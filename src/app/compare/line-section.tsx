/** The straight line between two of the runs: is there a barrier, and does matching hidden units remove it? */
import { Button } from "@mantine/core";
import { useStore } from "zustand";
import { EmptyPlate, FigurePlate } from "../chart/figure-plate.tsx";
import { useCompare } from "../context/compare.ts";
import { Alert } from "../kit/alert.tsx";
import { formatCount } from "../kit/format.ts";
import { barrierWords } from "./barrier-words.ts";
import { batchNormNames, hasBatchNorm } from "./model-shapes.ts";
import { nameOfRun, usePairChoice } from "./pair-choice.tsx";
import { PathDrawing } from "./path-drawing.tsx";
import { drawnLine, pathTable } from "./path-series.ts";
import type { Pane } from "./use-panes.ts";

export function LineSection({ panes }: { readonly panes: readonly Pane[] }) {
  const compare = useCompare();
  const { status, subject, result, events, message, start, cancel } = useStore(compare.line);
  const { choice, controls } = usePairChoice(panes, "the line");
  const { from, to, points, batchNorm, refusal } = choice;
  const isRunning = status === "running";
  const { raw, matched } = drawnLine(events, result);
  const isShown = subject !== null && raw.series.t.length > 0;
  const actions = (
    <>
      {controls}
      {isRunning ? (
        <Button variant="default" onClick={cancel}>
          Cancel
        </Button>
      ) : (
        <Button
          variant="default"
          disabled={refusal !== null}
          onClick={() => {
            if (from && to) void start({ from, to, points, batchNorm });
          }}
        >
          Measure line
        </Button>
      )}
    </>
  );
  return (
    <>
      {isShown ? (
        <FigurePlate
          title="Between two runs"
          name="line-between-runs"
          controls={actions}
          caption={{
            title: `Along the straight line from ${nameOfRun(panes, subject.from)} to ${nameOfRun(panes, subject.to)}.`,
            text: [
              "Dark: between the runs as they are; accent: to the second run after its hidden units were matched to the first's. Solid: training set; dashed: test set.",
              "The barrier is how far the training loss rises over the straight line between its ends.",
              hasBatchNorm(subject.from) ? `BatchNorm statistics ${batchNormNames[subject.batchNorm]}.` : "",
              result
                ? `${formatCount(subject.points)} points, on ${result.report.backend}.`
                : `${status === "cancelled" ? "Cancelled; " : ""}${formatCount(raw.series.t.length)} of ${formatCount(subject.points)} points so far.`,
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
          table={() =>
            pathTable([
              { key: "raw", title: "As they are", series: raw.series },
              { key: "matched", title: "Matched", series: matched.series },
            ])
          }
        >
          {(width) => (
            <PathDrawing
              label="Loss and accuracy along the line between two runs"
              xLabel="t, from the first run to the second"
              width={width}
              straight={raw}
              other={matched}
            />
          )}
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
          <div className="compare-controls">{actions}</div>
        </EmptyPlate>
      )}
      {status === "failed" && <Alert title="The line could not be measured">{message}</Alert>}
      {isShown && refusal && <p className="compare-note">{refusal}</p>}
    </>
  );
}

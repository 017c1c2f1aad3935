/** How far the runs lie from one another, in weights and in predictions, as a matrix. */
import { Button, SegmentedControl, Switch } from "@mantine/core";
import { useId, useState } from "react";
import { useStore } from "zustand";
import { useCompare } from "../context/compare.ts";
import { Alert } from "../kit/alert.tsx";
import { formatCount, formatPercent, formatValue } from "../kit/format.ts";
import { measureNames, measureNotes, type PairMeasure, pairCells, pairMeasures } from "./distance-matrix.ts";
import type { Pane } from "./use-panes.ts";

export function DistancesSection({ panes }: { readonly panes: readonly Pane[] }) {
  const compare = useCompare();
  const id = useId();
  const { status, subject, result, events, message, start, cancel } = useStore(compare.distances);
  const [measure, setMeasure] = useState<PairMeasure>("distance");
  const [matched, setMatched] = useState(true);
  const runs = panes.flatMap(({ run }) => (run ? [run] : []));
  const isCurrent =
    subject !== null && subject.runs.length === runs.length && runs.every((run) => subject.runs.includes(run));
  const shown = isCurrent ? result : null;
  const progress = events.at(-1);
  const order = shown ? subject!.runs.map((run) => panes.find((pane) => pane.run === run)!) : [];
  return (
    <section className="sheet-figure" aria-labelledby={id}>
      <div className="sheet-figure-head">
        <h2 id={id}>Distances</h2>
        {shown && (
          <SegmentedControl
            aria-label="Figure of two runs"
            value={measure}
            data={pairMeasures.map((value) => ({ value, label: measureNames[value] }))}
            onChange={(value) => setMeasure(value as PairMeasure)}
          />
        )}
        <Switch
          label="after matching too"
          checked={matched}
          onChange={(event) => setMatched(event.currentTarget.checked)}
        />
        {status === "running" ? (
          <Button variant="default" onClick={cancel}>
            Cancel
          </Button>
        ) : (
          <Button variant="default" disabled={runs.length < 2} onClick={() => void start({ runs, matched })}>
            {shown ? "Measure again" : "Measure distances"}
          </Button>
        )}
      </div>
      {status === "failed" && <Alert title="The distances could not be measured">{message}</Alert>}
      {status === "running" && (
        <p className="compare-note" role="status">
          {progress
            ? `${formatCount(progress.done)} of ${formatCount(progress.total)}: ${progress.detail}`
            : "Waiting for the worker."}
        </p>
      )}
      {shown ? (
        <Matrix panes={order} cells={pairCells(shown, measure)} measure={measure} />
      ) : (
        status !== "running" && (
          <p className="compare-note">
            {runs.length < 2
              ? "Choose a second run."
              : `How far the runs are apart in weights and in what they predict${
                  matched ? ", before and after their hidden units are matched, which takes minutes for wide nets" : ""
                }.`}
          </p>
        )
      )}
      {shown && (
        <p className="compare-note">
          {measureNotes[measure]}
          {shown.matchedDistance && (measure === "distance" || measure === "cosine")
            ? " Above the diagonal as the runs are; below it, in italics, after the hidden units of the later run were matched to the earlier's."
            : ""}{" "}
          {formatCount(shown.report.examples)} test examples, on {shown.report.backend}.
        </p>
      )}
      {shown && shown.incomparable.length > 0 && (
        <ul className="compare-note">
          {shown.incomparable.map(({ pair: [a, b], what, why }) => (
            <li key={`${a} ${b} ${what}`}>{why}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface MatrixProps {
  readonly panes: readonly Pane[];
  readonly cells: ReturnType<typeof pairCells>;
  readonly measure: PairMeasure;
}

function Matrix({ panes, cells, measure }: MatrixProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="compare-scroll" tabIndex={0} aria-label={measureNames[measure]}>
      <table className="data-table compare-matrix">
        <thead>
          <tr>
            <td />
            {panes.map(({ id, name, colour }) => (
              <th key={id} scope="col" className="number">
                <span className="compare-swatch" style={{ background: colour }} /> {name.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cells.map((row, index) => (
            <tr key={panes[index].id}>
              <th scope="row">
                <span className="compare-swatch" style={{ background: panes[index].colour }} />{" "}
                {panes[index].name.title}
              </th>
              {row.map(({ column, value, isMatched, why }) => (
                <td
                  key={panes[column].id}
                  className={isMatched ? "number compare-matched" : "number"}
                  title={why ?? ""}
                >
                  {index === column ? "" : why ? "not comparable" : showPair(measure, value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function showPair(measure: PairMeasure, value: number): string {
  if (Number.isNaN(value)) return "–";
  return measure === "disagreement" ? formatPercent(value) : formatValue(value, measure === "cosine" ? 3 : 4);
}

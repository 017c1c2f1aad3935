/** The runs of a sweep: where each is, and what came of it. */
import { memo } from "react";
import { useStore } from "zustand";
import { useSession } from "../context/session.ts";
import { countWords, formatDuration, formatPercent, formatValue } from "../kit/format.ts";
import { Meter } from "../kit/meter.tsx";
import type { SweepItem } from "../stores/sweep/item.ts";
import { RunAction } from "./run-action.tsx";
import { useSweepColours } from "./sweep-colours.ts";

export function RunTable() {
  const items = useStore(useSession().sweep, (state) => state.items);
  const colours = useSweepColours(items.length);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keyboard
    <section className="sweep-table" tabIndex={0} aria-label="Runs of the sweep">
      <table>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              Run
            </th>
            <th scope="colgroup" colSpan={2}>
              Loss
            </th>
            <th scope="colgroup" colSpan={2}>
              Accuracy
            </th>
            <td rowSpan={2} />
          </tr>
          <tr>
            <th scope="col">train</th>
            <th scope="col">test</th>
            <th scope="col">train</th>
            <th scope="col">test</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item, index) => (
            <Row key={item.runId} item={item} colour={colours[index]} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly item: SweepItem;
  readonly colour: string;
}

const Row = memo(function Row({ item, colour }: RowProps) {
  const last = item.epochs.at(-1);
  const isDone = item.status === "complete";
  return (
    <tr>
      <th scope="row">
        <span className="sweep-swatch" style={{ background: colour }} />
        {item.run.name}
      </th>
      {isDone && last ? (
        <>
          <td>{formatValue(last.trainLoss, 3)}</td>
          <td>{formatValue(last.testLoss, 3)}</td>
          <td>{formatPercent(last.trainAccuracy)}</td>
          <td>{formatPercent(last.testAccuracy)}</td>
        </>
      ) : (
        <td colSpan={4} className="sweep-state">
          <RowState item={item} />
        </td>
      )}
      <td>
        <RunAction item={item} />
      </td>
    </tr>
  );
});

function RowState({ item }: Pick<RowProps, "item">) {
  const { status, message, progress, batchLoss, epochs } = item;
  switch (status) {
    case "waiting":
      return epochs.length > 0
        ? `waiting, after ${epochs.length} of ${countWords(item.run.spec.training.epochs, "epoch")}`
        : "waiting";
    case "starting":
      return "preparing";
    case "running": {
      const last = epochs.at(-1);
      const fraction = progress && progress.steps > 0 ? progress.step / progress.steps : 0;
      const words = [
        batchLoss === null ? "training" : `loss ${formatValue(batchLoss, 3)}`,
        last && `${formatPercent(last.testAccuracy)} right`,
        progress && `${formatDuration(progress.etaSeconds)} left`,
      ];
      return (
        <>
          {words.filter(Boolean).join(" · ")}
          <Meter label="Progress of this run" fraction={fraction} marginTop={3} />
        </>
      );
    }
    case "complete":
      return "complete";
    case "cancelled":
      return epochs.length > 0
        ? `cancelled after ${epochs.length} of ${countWords(item.run.spec.training.epochs, "epoch")}`
        : "cancelled";
    case "non-finite":
      return (
        <details>
          <summary>the loss is not finite</summary>
          {message}
        </details>
      );
    case "failed":
      return (
        <details>
          <summary>failed</summary>
          {message}
        </details>
      );
  }
}

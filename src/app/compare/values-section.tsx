/** What the runs came to, a row each: losses, accuracies, curvature, norms. */
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useEffect, useId } from "react";
import { useStore } from "zustand";
import { usualMeasure } from "../../experiment/sharpness.ts";
import { toCsv } from "../chart/data-table.ts";
import { useCompare } from "../context/compare.ts";
import { Alert } from "../kit/alert.tsx";
import { formatPercent, formatValue } from "../kit/format.ts";
import { notifyFailure } from "../kit/notify.ts";
import { saveFile } from "../kit/save-file.ts";
import type { Pane } from "./use-panes.ts";
import { type ValuesRow, valueCells, valueColumns, valuesTable } from "./values-table.ts";

const [average, worst] = [usualMeasure("adaptive-average"), usualMeasure("adaptive-worst")];

export function ValuesSection({ panes }: { readonly panes: readonly Pane[] }) {
  const compare = useCompare();
  const id = useId();
  const curvature = useStore(compare.curvature);
  const distances = useStore(compare.distances);
  const runs = panes.flatMap(({ run }) => (run ? [run] : []));
  const key = runs.map(({ record, source }) => `${record.id} ${source.checkpoint.step}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the runs are what the key names
  useEffect(() => void compare.curvature.getState().look(runs), [compare, key]);
  const rows = panes.map(({ name, run }): ValuesRow => {
    const position = run ? (distances.subject?.runs.indexOf(run) ?? -1) : -1;
    return {
      title: `${name.title}, ${name.detail}`,
      run,
      curvature: run ? (curvature.byRun[run.record.id] ?? null) : null,
      fromInitialization: (position >= 0 && distances.result?.fromInitialization[position]) || null,
    };
  });
  const isMissing = rows.some(
    ({ run, curvature: known }) =>
      run && (known?.lambdaMax == null || known.trace === null || known.sharpness === null),
  );
  return (
    <section className="sheet-figure" aria-labelledby={id}>
      <div className="sheet-figure-head">
        <h2 id={id}>Numbers</h2>
        {curvature.measuring ? (
          <Button variant="default" onClick={() => curvature.cancel()}>
            Cancel curvature
          </Button>
        ) : (
          isMissing && (
            <Button
              variant="default"
              onClick={() => void curvature.measure(runs).catch(notifyFailure("Curvature could not be measured"))}
            >
              Measure curvature
            </Button>
          )
        )}
        <Tooltip label="Save as CSV">
          <ActionIcon
            aria-label="Save: Numbers"
            onClick={() => saveFile("basin-compare.csv", new Blob([toCsv(valuesTable(rows))], { type: "text/csv" }))}
          >
            <IconDownload size={17} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </div>
      {curvature.message && <Alert title="Curvature stopped with an error">{curvature.message}</Alert>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className="compare-scroll" tabIndex={0} aria-label="Numbers of the runs">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">Run</th>
              {valueColumns.map(({ key: column, title }) => (
                <th key={column} scope="col" className="number">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={panes[index].id}>
                <th scope="row">
                  <span className="compare-swatch" style={{ background: panes[index].colour }} />{" "}
                  {panes[index].name.title}
                </th>
                {valueCells(row).map(({ column, value, error }) => (
                  <td key={column.key} className="number">
                    {Number.isNaN(value)
                      ? column.isCurvature && curvature.measuring === panes[index].id
                        ? "…"
                        : "–"
                      : column.unit === "percent"
                        ? formatPercent(value)
                        : formatValue(value)}
                    {!Number.isNaN(error) && <span className="compare-error"> ± {formatValue(error, 2)}</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="compare-note">
        Loss is what each run was trained by, cross-entropy in nats unless its settings say otherwise, with accuracy
        after the last epoch. λmax and trace of the Hessian of the training loss; the trace by Hutchinson's estimate
        with its standard error. Sharpness is the rise of the training loss: on average over {average.count}{" "}
        perturbations of every weight by a Gaussian of {average.radius} times its size, with its standard error, and the
        largest that {worst.count} gradient steps find where ‖δ ⊘ |θ|‖ ≤ {worst.radius}
        {"."} ‖θ − θ₀‖ comes with the distances below.
      </p>
    </section>
  );
}

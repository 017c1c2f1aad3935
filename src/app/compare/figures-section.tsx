/** What the runs came to, a row each: losses, accuracies, curvature, norms. */
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useEffect, useId } from "react";
import { useStore } from "zustand";
import { useStores } from "../app-stores.ts";
import { saveFile } from "../export/save-file.ts";
import { formatPercent, formatValue } from "../figure/format.ts";
import { Alert } from "../panels/section.tsx";
import { notifyFailure } from "../plate/notify.ts";
import { toCsv } from "../spectrum/data-table.ts";
import { type FiguresRow, figureColumns, figuresTable } from "./figures-table.ts";
import type { Pane } from "./use-panes.ts";

export function FiguresSection({ panes }: { readonly panes: readonly Pane[] }) {
  const { compare } = useStores();
  const id = useId();
  const curvature = useStore(compare.curvature);
  const distances = useStore(compare.distances);
  const runs = panes.flatMap(({ run }) => (run ? [run] : []));
  const key = runs.map(({ record, source }) => `${record.id} ${source.checkpoint.step}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the runs are what the key names
  useEffect(() => void compare.curvature.getState().look(runs), [compare, key]);
  const rows = panes.map(({ name, run }): FiguresRow => {
    const position = run ? (distances.subject?.runs.indexOf(run) ?? -1) : -1;
    return {
      title: `${name.title}, ${name.detail}`,
      run,
      curvature: run ? (curvature.figures[run.record.id] ?? null) : null,
      fromInitialization: (position >= 0 && distances.result?.fromInitialization[position]) || null,
    };
  });
  const table = figuresTable(rows);
  const isMissing = rows.some(({ run, curvature: known }) => run && (known?.lambdaMax == null || known.trace === null));
  return (
    <section className="sheet-figure" aria-labelledby={id}>
      <div className="sheet-figure-head">
        <h2 id={id}>Figures</h2>
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
            aria-label="Save: Figures"
            onClick={() => saveFile("basin-compare.csv", new Blob([toCsv(table)], { type: "text/csv" }))}
          >
            <IconDownload size={17} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </div>
      {curvature.message && <Alert title="Curvature stopped with an error">{curvature.message}</Alert>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className="compare-scroll" tabIndex={0} aria-label="Figures of the runs">
        <table className="data-table">
          <thead>
            <tr>
              {figureColumns.map(({ key: column, title }, index) => (
                <th key={column} scope="col" className={index > 0 ? "number" : ""}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((cells, index) => (
              <tr key={panes[index].id}>
                <th scope="row">
                  <span className="compare-swatch" style={{ background: panes[index].colour }} />{" "}
                  {panes[index].name.title}
                </th>
                {cells.slice(1).map((cell, column) => (
                  <td key={figureColumns[column + 1].key} className="number">
                    {showFigure(figureColumns[column + 1].key, Number(cell))}
                    {figureColumns[column + 1].key === "trace" && rows[index].curvature?.traceError != null && (
                      <span className="compare-error"> ± {formatValue(rows[index].curvature?.traceError ?? 0, 2)}</span>
                    )}
                    {curvature.measuring === panes[index].id &&
                      Number.isNaN(cell) &&
                      (figureColumns[column + 1].key === "lambdaMax" || figureColumns[column + 1].key === "trace") &&
                      " …"}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="compare-note">
        Loss in nats per example and accuracy after the last epoch. λmax and trace of the Hessian of the training loss;
        the trace by Hutchinson's estimate with its standard error. ‖θ − θ₀‖ comes with the distances below.
      </p>
    </section>
  );
}

function showFigure(key: (typeof figureColumns)[number]["key"], value: number): string {
  if (Number.isNaN(value)) return "–";
  return key.endsWith("Accuracy") ? formatPercent(value) : formatValue(value);
}

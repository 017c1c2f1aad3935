/** Runs in rows. Plain cells, drawn again only when their run changes; those below the first screen come right after it. */
import { useCallback, useDeferredValue } from "react";
import type { StoredRun } from "../../experiment/storage/run-store.ts";
import { RunRow } from "./run-row.tsx";
import { type ColumnKey, columns, type RunSort } from "./run-rows.ts";
import type { RunActions } from "./use-run-actions.ts";
import { useTrainingPlace } from "./use-training-place.ts";

export interface RunsTableProps {
  readonly runs: readonly StoredRun[];
  readonly sort: RunSort;
  readonly setSort: (sort: RunSort) => void;
  readonly selected: ReadonlySet<string>;
  readonly setSelected: React.Dispatch<React.SetStateAction<ReadonlySet<string>>>;
  readonly current: string | null;
  readonly setCurrent: (runId: string) => void;
  readonly actions: RunActions;
}

/** More than a screen holds. */
const firstRows = 60;

export function RunsTable({
  runs,
  sort,
  setSort,
  selected,
  setSelected,
  current,
  setCurrent,
  actions,
}: RunsTableProps) {
  const { open, remove } = actions;
  const toggle = useCallback(
    (runId: string) =>
      setSelected((before) => {
        const next = new Set(before);
        if (!next.delete(runId)) next.add(runId);
        return next;
      }),
    [setSelected],
  );
  const placeOf = useTrainingPlace();
  const count = useDeferredValue(runs.length, firstRows);
  const isAll = runs.every(({ record }) => selected.has(record.id));
  const sortBy = (column: ColumnKey) =>
    setSort({ column, ascending: sort.column === column ? !sort.ascending : column !== "saved" && column !== "bytes" });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className="runs-scroll" tabIndex={0} aria-label="Table of runs">
      <table className="runs-table">
        <thead>
          <tr>
            <th scope="col" className="runs-check">
              <input
                type="checkbox"
                aria-label="Choose all runs shown"
                checked={isAll}
                onChange={() => setSelected(new Set(isAll ? [] : runs.map(({ record }) => record.id)))}
              />
            </th>
            {columns.map(({ key, title, numeric }) => (
              <th
                key={key}
                scope="col"
                className={numeric ? "number" : undefined}
                aria-sort={sort.column === key ? (sort.ascending ? "ascending" : "descending") : undefined}
              >
                <button type="button" onClick={() => sortBy(key)}>
                  {title}
                  <span aria-hidden>{sort.column === key ? (sort.ascending ? " ↑" : " ↓") : ""}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.slice(0, count).map((run) => (
            <RunRow
              key={run.record.id}
              run={run}
              isSelected={selected.has(run.record.id)}
              isCurrent={run.record.id === current}
              place={placeOf(run.record.id)}
              toggle={toggle}
              setCurrent={setCurrent}
              open={open}
              remove={remove}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

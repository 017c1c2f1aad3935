/** One run of the table. */
import { memo } from "react";
import { useStore } from "zustand";
import type { StoredRun } from "../../experiment/storage/run-store.ts";
import { useSession } from "../context/session.ts";
import { runTitle } from "../figure/run-words.ts";
import type { TrainingPlace } from "../stores/sweep/training-place.ts";
import { NameCell } from "./name-cell.tsx";
import { cellsOf, columns } from "./run-rows.ts";
import { placeWords } from "./use-training-place.ts";

export interface RunRowProps {
  readonly run: StoredRun;
  readonly isSelected: boolean;
  readonly isCurrent: boolean;
  readonly place: TrainingPlace | null;
  readonly toggle: (runId: string) => void;
  readonly setCurrent: (runId: string) => void;
  readonly open: (runId: string) => void;
  readonly remove: (ids: readonly string[]) => void;
}

export const RunRow = memo(function RunRow(props: RunRowProps) {
  const { run, isSelected, isCurrent, place, toggle, setCurrent, open, remove } = props;
  const { id } = run.record;
  const { data } = useSession();
  const cells = cellsOf(
    run,
    useStore(data, (state) => state.kept),
  );
  const onKeyDown = (event: React.KeyboardEvent<HTMLTableRowElement>) => {
    if (event.target instanceof HTMLInputElement && event.target.type === "text") return;
    const { currentTarget: row, key } = event;
    const neighbour =
      key === "ArrowDown" ? row.nextElementSibling : key === "ArrowUp" ? row.previousElementSibling : null;
    if (neighbour) neighbour.querySelector<HTMLElement>(".run-name")?.focus();
    else if (key === "Delete") remove([id]);
    else return;
    event.preventDefault();
  };
  return (
    // Mouse only: by keys the name is a button.
    <tr
      aria-current={isCurrent ? "true" : undefined}
      onClick={() => setCurrent(id)}
      onDoubleClick={() => open(id)}
      onKeyDown={onKeyDown}
    >
      <td className="runs-check">
        <input
          type="checkbox"
          aria-label={`Choose ${runTitle(run.record)}`}
          checked={isSelected}
          onClick={(event) => event.stopPropagation()}
          onDoubleClick={(event) => event.stopPropagation()}
          onChange={() => toggle(id)}
        />
      </td>
      {columns.map(({ key, numeric }) =>
        key === "name" ? (
          <NameCell key={key} run={run} isCurrent={isCurrent} setCurrent={setCurrent} />
        ) : (
          <td key={key} className={numeric ? "number" : undefined}>
            {key === "status" && place ? placeWords[place] : cells[key].text}
          </td>
        ),
      )}
    </tr>
  );
});

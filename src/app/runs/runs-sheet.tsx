/** The table of runs with its tools: find, choose, export, import, delete. */
import { Button, Loader, Select, TextInput } from "@mantine/core";
import { useDeferredValue, useMemo, useState } from "react";
import { useStore } from "zustand";
import { runStatuses } from "../../experiment/storage/run-record.ts";
import type { StoredRun } from "../../experiment/storage/run-store.ts";
import { useRuns } from "../context/runs.ts";
import { useSession } from "../context/session.ts";
import { Alert } from "../kit/alert.tsx";
import { formatBytes } from "../kit/format.ts";
import { ImportButtons } from "./import-buttons.tsx";
import { filterRuns, type RunFilter, type RunSort, sortRuns, statusWords, tagsOf } from "./run-rows.ts";
import { RunsTable } from "./runs-table.tsx";
import type { RunActions } from "./use-run-actions.ts";

export interface RunsSheetProps {
  readonly runs: readonly StoredRun[];
  readonly current: string | null;
  readonly setCurrent: (runId: string) => void;
  readonly actions: RunActions;
}

const noFilter: RunFilter = { text: "", tag: null, status: null };
const savedLast: RunSort = { column: "saved", ascending: false };
const noRuns: ReadonlySet<string> = new Set();

export function RunsSheet({ runs, current, setCurrent, actions }: RunsSheetProps) {
  const { data } = useSession();
  const { runs: list } = useRuns();
  const status = useStore(list, (state) => state.status);
  const message = useStore(list, (state) => state.message);
  const unavailable = useStore(list, (state) => state.unavailableReason);
  const images = useStore(data, (state) => state.kept);
  const [filter, setFilter] = useState(noFilter);
  const [sort, setSort] = useState(savedLast);
  const [selected, setSelected] = useState(noRuns);
  const wanted = useDeferredValue(filter);
  const shown = useMemo(() => sortRuns(filterRuns(runs, wanted, images), sort, images), [runs, wanted, sort, images]);
  const chosen = shown.filter(({ record }) => selected.has(record.id));
  const bytes = runs.reduce((sum, run) => sum + run.bytes, 0);
  return (
    <section className="runs-sheet" aria-labelledby="runs-title" aria-busy={status === "reading"}>
      <div className="runs-head">
        <h1 id="runs-title">Runs</h1>
        <p role="status">
          {runs.length > 0 &&
            `${shown.length === runs.length ? runs.length : `${shown.length} of ${runs.length}`} ${runs.length === 1 ? "run" : "runs"}, ${formatBytes(bytes)}`}
          {actions.busy && `, ${actions.busy} …`}
        </p>
        <ImportButtons actions={actions} />
      </div>
      {unavailable !== null && (
        <Alert margin="0 16px 12px" title="Nothing can be kept here">
          {unavailable} Runs last as long as this page is open.
        </Alert>
      )}
      {status === "failed" && (
        <Alert margin="0 16px 12px" title="The kept runs could not be read">
          {message}
        </Alert>
      )}
      {status === "reading" && <Loader size="sm" m="xl" aria-label="Reading what is kept" />}
      {status === "ready" && runs.length === 0 && <NoRuns />}
      {runs.length > 0 && (
        <>
          <div className="runs-tools">
            <TextInput
              aria-label="Find runs"
              placeholder="Find by name, settings, tag, note"
              value={filter.text}
              onChange={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
            />
            <Select
              aria-label="Status"
              placeholder="Any status"
              clearable
              allowDeselect
              data={runStatuses.map((value) => ({ value, label: statusWords[value] }))}
              value={filter.status}
              onChange={(value) => setFilter({ ...filter, status: runStatuses.find((one) => one === value) ?? null })}
            />
            <Select
              aria-label="Tag"
              placeholder="Any tag"
              clearable
              allowDeselect
              disabled={tagsOf(runs).length === 0}
              data={tagsOf(runs)}
              value={filter.tag}
              onChange={(tag) => setFilter({ ...filter, tag })}
            />
            <span className="runs-chosen">
              {chosen.length > 0 && (
                <>
                  <span>{chosen.length} chosen</span>
                  <Button variant="default" disabled={actions.busy !== null} onClick={() => actions.exportZip(chosen)}>
                    Export zip
                  </Button>
                  <Button
                    variant="default"
                    onClick={() => {
                      actions.remove(chosen.map(({ record }) => record.id));
                      setSelected(noRuns);
                    }}
                  >
                    Delete
                  </Button>
                </>
              )}
            </span>
          </div>
          {shown.length > 0 ? (
            <RunsTable
              runs={shown}
              sort={sort}
              setSort={setSort}
              selected={selected}
              setSelected={setSelected}
              current={current}
              setCurrent={setCurrent}
              actions={actions}
            />
          ) : (
            <div className="runs-none">
              <p>No run is like that.</p>
              <Button variant="default" onClick={() => setFilter(noFilter)}>
                Show all runs
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  );
}

function NoRuns() {
  const { preferences } = useSession();
  return (
    <div className="runs-none">
      <h2>No run is kept yet</h2>
      <p>
        Every run that you train is kept here by itself, with its last checkpoint, surface and curvature. Or bring runs
        in: drop a zip file or a folder that Basin exported.
      </p>
      <Button onClick={() => preferences.getState().set({ page: "landscape" })}>Train one</Button>
    </div>
  );
}

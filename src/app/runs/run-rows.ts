/** What the table of runs says of each, in words and as values to sort by. */
import { modelTitle } from "../../architectures/specs.ts";
import { factsOf } from "../../data/sets/facts.ts";
import type { RunStatus } from "../../experiment/storage/run-record.ts";
import type { StoredRun } from "../../experiment/storage/run-store.ts";
import { initialisationWords, runTitle } from "../figure/run-words.ts";
import { formatBytes, formatCount, formatDate, formatPercent, formatValue } from "../kit/format.ts";
import { exampleCount, type KeptImages } from "../stores/image-counts.ts";

export const columns = [
  { key: "name", title: "Name", numeric: false },
  { key: "status", title: "Status", numeric: false },
  { key: "model", title: "Model", numeric: false },
  { key: "data", title: "Data", numeric: false },
  { key: "examples", title: "n", numeric: true },
  { key: "init", title: "Init", numeric: false },
  { key: "epochs", title: "Epochs", numeric: true },
  { key: "trainLoss", title: "Loss, train", numeric: true },
  { key: "testLoss", title: "Loss, test", numeric: true },
  { key: "trainAccuracy", title: "Acc., train", numeric: true },
  { key: "testAccuracy", title: "Acc., test", numeric: true },
  { key: "kept", title: "Contains", numeric: false },
  { key: "bytes", title: "Size", numeric: true },
  { key: "saved", title: "Saved", numeric: true },
] as const;
export type ColumnKey = (typeof columns)[number]["key"];

export interface RunSort {
  readonly column: ColumnKey;
  readonly ascending: boolean;
}

export interface RunFilter {
  readonly text: string;
  readonly tag: string | null;
  readonly status: RunStatus | null;
}

interface Cell {
  readonly text: string;
  /** Null is last, whichever way it is sorted. */
  readonly value: string | number | null;
}
export type RunCells = Readonly<Record<ColumnKey, Cell>>;

/** A record that says "training" belongs to a run that goes on, here or in another tab, or to one that was cut off. */
export const statusWords: Readonly<Record<RunStatus, string>> = {
  training: "unfinished",
  paused: "paused",
  complete: "complete",
  cancelled: "stopped",
  "non-finite": "not finite",
};

const cellsOfRun = new WeakMap<StoredRun, { readonly kept: KeptImages; readonly cells: RunCells }>();

/** `kept`: the images that this browser keeps, for a run on all there are. */
export function cellsOf(run: StoredRun, kept: KeptImages): RunCells {
  const known = cellsOfRun.get(run);
  if (known?.kept === kept) return known.cells;
  const cells = makeCells(run, kept);
  cellsOfRun.set(run, { kept, cells });
  return cells;
}

function makeCells(run: StoredRun, kept: KeptImages): RunCells {
  const { spec, epochs, status } = run.record;
  const last = epochs.at(-1);
  const text = (value: string): Cell => ({ text: value, value: value.toLowerCase() });
  const number = (value: number | undefined, format: (value: number) => string): Cell =>
    value === undefined
      ? { text: "–", value: null }
      : { text: format(value), value: Number.isNaN(value) ? null : value };
  return {
    name: text(runTitle(run.record)),
    model: text(modelTitle(spec.model)),
    data: text(factsOf(spec.data.source).shortTitle),
    examples: number(
      exampleCount(spec, "train", kept),
      spec.data.train.count === undefined ? () => "all" : formatCount,
    ),
    init: text(initialisationWords(spec.init)),
    epochs: { text: `${epochs.length} of ${spec.training.epochs}`, value: epochs.length },
    trainLoss: number(last?.trainLoss, formatValue),
    testLoss: number(last?.testLoss, formatValue),
    trainAccuracy: number(last?.trainAccuracy, formatPercent),
    testAccuracy: number(last?.testAccuracy, formatPercent),
    status: text(statusWords[status]),
    kept: text(keptWords(run).join(", ") || "settings"),
    bytes: number(run.bytes, formatBytes),
    saved: number(run.savedAt, formatDate),
  };
}

export const keptWords = ({ hasCheckpoint, hasSurface, trajectoryPoints, results }: StoredRun): string[] =>
  [hasCheckpoint && "checkpoint", hasSurface && "surface", trajectoryPoints > 0 && "path", ...results].filter(
    (word) => word !== false,
  );

export const tagsOf = (runs: readonly StoredRun[]): string[] =>
  [...new Set(runs.flatMap(({ record }) => record.tags))].sort((a, b) => a.localeCompare(b));

/** Every word of the text is to be found in a run's name, settings, tags or note. */
export function filterRuns(
  runs: readonly StoredRun[],
  { text, tag, status }: RunFilter,
  kept: KeptImages,
): readonly StoredRun[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter((run) => {
    const { record } = run;
    if (tag !== null && !record.tags.includes(tag)) return false;
    if (status !== null && record.status !== status) return false;
    if (words.length === 0) return true;
    const { name, model, data, init } = cellsOf(run, kept);
    const said = [name, model, data, init].map((cell) => cell.text);
    const all = [...said, statusWords[record.status], ...record.tags, record.note].join("\n").toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** Runs of equal value stay as they are. */
export function sortRuns(
  runs: readonly StoredRun[],
  { column, ascending }: RunSort,
  kept: KeptImages,
): readonly StoredRun[] {
  const sign = ascending ? 1 : -1;
  return [...runs].sort((a, b) => {
    const [x, y] = [cellsOf(a, kept)[column].value, cellsOf(b, kept)[column].value];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    if (typeof x === "string" || typeof y === "string")
      return sign * String(x).localeCompare(String(y), "en", { numeric: true });
    return sign * (x - y || 0);
  });
}

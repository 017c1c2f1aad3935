/** Comparisons as files. Numbers that JSON can't hold, and pairs that don't compare, are null there. */
import type { Distances, Matching, ModelCurve, ModelLine, PathMetrics } from "./comparison.ts";
import { formatTable } from "./csv.ts";
import { writeNpz } from "./numpy/npz.ts";

const print = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

/** A distances.json: matrices as rows, in the order of `labels`. */
export function distancesToJson(distances: Distances): string {
  const { labels, norms, fromInitialization, incomparable, report } = distances;
  const rows = (matrix: Float64Array | null) =>
    matrix && labels.map((_, i) => [...matrix.subarray(i * labels.length, (i + 1) * labels.length)]);
  return print({
    format: "basin-distances",
    version: 1,
    labels,
    norms: [...norms],
    fromInitialization: [...fromInitialization],
    distance: rows(distances.distance),
    cosine: rows(distances.cosine),
    matchedDistance: rows(distances.matchedDistance),
    matchedCosine: rows(distances.matchedCosine),
    disagreement: rows(distances.disagreement),
    divergence: rows(distances.divergence),
    incomparable,
    report,
  });
}

/** The permutations of a matching; the permuted weights are a checkpoint of their own. */
export const matchingToJson = (matching: Matching): string =>
  print({ format: "basin-matching", version: 1, ...describeMatching(matching) });

const describeMatching = ({ permutations, weights: _, ...numbers }: Matching) => ({
  ...numbers,
  permutations: Object.fromEntries(permutations.map(({ layer, permutation }) => [layer, [...permutation]])),
});

/** Paths between the same two models, by name. */
export type NamedPaths = Readonly<Record<string, PathMetrics>>;

/** The paths of a line: `raw`, and `matched` where it was asked for. */
export const pathsOfLine = ({ raw, matched }: ModelLine): NamedPaths => ({
  raw,
  ...(matched && { matched: matched.figures }),
});

/** A line.json. */
export const lineToJson = (line: ModelLine): string =>
  print({
    format: "basin-line",
    version: 1,
    ...describePaths(pathsOfLine(line)),
    matching: line.matched && describeMatching(line.matched.matching),
    report: line.report,
  });

/** A curve.json; the control points are files of their own. */
export const curveToJson = ({ request, status, batchLosses, figures, report }: ModelCurve): string =>
  print({
    format: "basin-curve",
    version: 1,
    status,
    request,
    ...describePaths(figures ? { curve: figures } : {}),
    batchLosses: [...batchLosses],
    report,
  });

const describePaths = (paths: NamedPaths) =>
  Object.fromEntries(
    Object.entries(paths).map(([name, { t, ...splits }]) => [
      name,
      {
        t: [...t],
        ...Object.fromEntries(
          Object.entries(splits).map(([split, { loss, lossError, accuracy, barrier, examples }]) => [
            split,
            { barrier, examples, loss: [...loss], lossError: [...lossError], accuracy: [...accuracy] },
          ]),
        ),
      },
    ]),
  );

const columns = ["loss", "lossError", "accuracy"] as const;

/** `t`, and `raw_train_loss` and so on for every path, set and metric. */
export function pathsToNpz(paths: NamedPaths): Uint8Array<ArrayBuffer> {
  const [first] = Object.values(paths);
  const arrays = flatten(paths).map(([name, data]) => [name, { shape: [data.length], data }] as const);
  return writeNpz({ t: { shape: [first.t.length], data: first.t }, ...Object.fromEntries(arrays) });
}

/** A line for each t. */
export function pathsToCsv(paths: NamedPaths): string {
  const [first] = Object.values(paths);
  const arrays = flatten(paths);
  const rows = Array.from(first.t, (t, k) => [t, ...arrays.map(([, data]) => data[k])]);
  return formatTable(["t", ...arrays.map(([name]) => name)], rows);
}

const flatten = (paths: NamedPaths): (readonly [string, Float64Array])[] =>
  Object.entries(paths).flatMap(([name, { train, test }]) =>
    [["train", train] as const, ["test", test] as const].flatMap(([split, metrics]) =>
      columns.map((column) => [`${name}_${split}_${column}`, metrics[column]] as const),
    ),
  );

/** The samples of a subset experiment by kind and size, with the spread of what was drawn more than once. */
import type { SampleKind, SubsetSample } from "../../../../experiment/curvature.ts";
import type { DataTable } from "../../../chart/data-table.ts";
import { formatCount } from "../../../kit/format.ts";

export interface Spread {
  readonly values: readonly number[];
  readonly mean: number;
  /** Standard deviation over the draws; NaN of a single one. */
  readonly deviation: number;
}

export interface SampleGroup {
  readonly kind: SampleKind;
  readonly size: number;
  /** λ₁, λ₂, … over the draws. */
  readonly eigenvalues: readonly Spread[];
  readonly overlap: Spread;
}

const order: Readonly<Record<SampleKind, number>> = { "mini-batch": 0, full: 1, resampled: 2 };

/** Mini-batches from small to large, then the full set, then the resampled ones. */
export function groupSamples(samples: readonly SubsetSample[]): SampleGroup[] {
  const groups = new Map<string, SubsetSample[]>();
  for (const sample of samples) {
    const key = `${sample.kind} ${sample.size}`;
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  return Array.from(groups.values(), (members): SampleGroup => {
    const [{ kind, size, eigenvalues }] = members;
    return {
      kind,
      size,
      eigenvalues: Array.from(eigenvalues, (_, i) => spreadOf(members.map((member) => member.eigenvalues[i]))),
      overlap: spreadOf(members.map(({ overlap }) => overlap)),
    };
  }).sort((a, b) => order[a.kind] - order[b.kind] || a.size - b.size);
}

function spreadOf(all: readonly (number | undefined)[]): Spread {
  const values = all.filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { values, mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : Number.NaN };
}

/** "full", "resampled", or a mini-batch by its size. */
export function groupName({ kind, size }: SampleGroup): string {
  if (kind === "full") return "full";
  return kind === "resampled" ? "resampled" : formatCount(size);
}

/** One row a sample and eigenvalue. */
export function subsetTable(samples: readonly SubsetSample[]): DataTable {
  return {
    columns: [
      { key: "kind", title: "Sample" },
      { key: "size", title: "Examples" },
      { key: "draw", title: "Draw" },
      { key: "pair", title: "Pair" },
      { key: "eigenvalue", title: "λ" },
      { key: "residual", title: "Residual" },
      { key: "overlap", title: "Overlap with the full set" },
      { key: "products", title: "Products" },
    ],
    rows: samples.flatMap(({ kind, size, draw, eigenvalues, residuals, overlap, products }) =>
      Array.from(eigenvalues, (value, i) => [kind, size, draw, i + 1, value, residuals[i], overlap, products]),
    ),
  };
}

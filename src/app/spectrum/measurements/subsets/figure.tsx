/** Mini-batches and resampled sets against the full set: eigenvalues with their spread, overlap of eigenspaces. */
import { useMemo } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { FigurePlate } from "../../../chart/figure-plate.tsx";
import { useSpectrum } from "../../../context/spectrum.ts";
import { formatCount, formatTick, formatValue } from "../../../kit/format.ts";
import { CancelButton } from "../../plate-action.tsx";
import { curvatureCaption, subjectOf } from "../../words.ts";
import { SubsetsDrawing } from "./drawing.tsx";
import { groupName, groupSamples, type SampleGroup, subsetTable } from "./subset-statistics.ts";

export function SubsetsFigure() {
  const { measurements } = useSpectrum();
  const { parts, source, settings, started, result } = useStore(
    measurements.subsets,
    useShallow(({ parts, source, settings, started, result }) => ({ parts, source, settings, started, result })),
  );
  const samples = result?.samples ?? parts;
  const groups = useMemo(() => groupSamples(samples), [samples]);
  const request = settings?.request ?? result?.report.request;
  const tolerance = settings?.tolerance ?? result?.tolerance;
  if (!source || !request || tolerance === undefined || groups.length === 0) return null;
  const top = Math.max(...groups.map(({ eigenvalues }) => eigenvalues.length));
  const caption = curvatureCaption("Eigenvalues of subsets", subjectOf(source, request, result?.report ?? started), [
    `k = ${top} from the top, residuals at most ${formatTick(tolerance)}·|λ|max.`,
    groups.length > 1 ? `${drawWords(groups)}; seed ${request.seed}.` : "",
    "Dots: single draws; bars: their mean and standard deviation; lines: the full set. Overlap: ‖VᵀV′‖²_F/k with the full set's top eigenspace.",
    result?.status === "cancelled" ? `Cancelled after ${samples.length} samples.` : "",
  ]);
  return (
    <FigurePlate
      title="Subsets against the full set"
      name="subsets"
      controls={<CancelButton id="subsets" />}
      caption={caption}
      summary={groups.map(groupWords).join(" ")}
      table={() => subsetTable(samples)}
    >
      {(width) => <SubsetsDrawing width={width} groups={groups} />}
    </FigurePlate>
  );
}

function drawWords(groups: readonly SampleGroup[]): string {
  const batches = groups.filter(({ kind }) => kind === "mini-batch");
  const counts = new Set(batches.map(({ overlap }) => overlap.values.length));
  const sizes = batches.map(({ size }) => formatCount(size)).join(", ");
  const drawn = [...counts].sort((a, b) => a - b).join(" to ");
  const words = [
    batches.length > 0 ? `${drawn} mini-batches of each of ${sizes} examples, without replacement` : "",
    ...groups
      .filter(({ kind }) => kind === "resampled")
      .map(({ size, overlap }) => `${overlap.values.length} sets of ${formatCount(size)} drawn with replacement`),
  ];
  return words.filter(Boolean).join("; ");
}

function groupWords(group: SampleGroup): string {
  const largest = group.eigenvalues[0];
  const spread = Number.isFinite(largest.deviation) ? ` ± ${formatValue(largest.deviation, 2)}` : "";
  return `${groupName(group)}: largest eigenvalue ${formatValue(largest.mean)}${spread}, overlap ${formatValue(group.overlap.mean, 2)}.`;
}

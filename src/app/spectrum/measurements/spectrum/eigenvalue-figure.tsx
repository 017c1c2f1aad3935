/** The eigenvalues found, with their residuals as bars, and the residuals against the tolerance below. */
import { useStore } from "zustand";
import type { Spectrum } from "../../../../experiment/curvature.ts";
import type { DataTable } from "../../../chart/data-table.ts";
import { FigurePlate } from "../../../chart/figure-plate.tsx";
import { useSpectrum } from "../../../context/spectrum.ts";
import { pairNumber } from "../../../figure/pair-name.ts";
import { formatCount } from "../../../kit/format.ts";
import { AlongPair } from "../../along-pair.tsx";
import {
  curvatureCaption,
  isEstimated,
  isWithin,
  solveWords,
  spectrumStatusWords,
  spectrumSummary,
  subjectOf,
} from "../../words.ts";
import { EigenvalueDrawing } from "./eigenvalue-drawing.tsx";

export function EigenvalueFigure() {
  const { spectrum } = useSpectrum().measurements;
  const result = useStore(spectrum, (state) => state.result);
  const source = useStore(spectrum, (state) => state.source);
  if (!result || !source || result.eigenvalues.length === 0) return null;
  const { report, top, eigenvalues, tolerance, products, status } = result;
  const caption = curvatureCaption("Eigenvalues", subjectOf(source, report.request, report), [
    solveWords(top, eigenvalues.length - top, tolerance),
    `${formatCount(products)} products.`,
    isEstimated(status)
      ? "Bars: estimated residuals."
      : "Bars: residuals ‖Av − λv‖, each from a product of its own; an eigenvalue lies within them.",
    status === "converged" ? "" : spectrumStatusWords[status],
  ]);
  return (
    <FigurePlate
      title="Eigenvalues"
      name="eigenvalues"
      controls={<AlongPair spectrum={result} source={source} />}
      caption={caption}
      summary={spectrumSummary(result)}
      table={() => eigenvalueTable(result)}
    >
      {(width) => <EigenvalueDrawing width={width} spectrum={result} />}
    </FigurePlate>
  );
}

function eigenvalueTable({ eigenvalues, residuals, top, tolerance, status }: Spectrum): DataTable {
  const largest = eigenvalues.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return {
    columns: [
      { key: "pair", title: "Pair" },
      { key: "eigenvalue", title: "λ" },
      { key: "residual", title: isEstimated(status) ? "Residual (estimate)" : "Residual ‖Av − λv‖" },
      { key: "relative_residual", title: "Residual / |λ|max" },
      { key: "state", title: "State" },
    ],
    rows: Array.from(eigenvalues, (value, place) => [
      pairNumber(place, top),
      value,
      residuals[place],
      residuals[place] / largest,
      stateOf(residuals[place] / largest, tolerance, isEstimated(status)),
    ]),
  };
}

function stateOf(relative: number, tolerance: number, estimated: boolean): string {
  const word = isWithin(relative, tolerance) ? "converged" : "not converged";
  return estimated ? `${word} (estimate)` : word;
}

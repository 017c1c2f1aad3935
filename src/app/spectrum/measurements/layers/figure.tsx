/** Top eigenvalue, trace and norm of every layer's own block, as bars that share their rows. */
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { LayerCurvature } from "../../../../experiment/curvature.ts";
import { layersToCsv } from "../../../../experiment/layers-files.ts";
import type { DataTable } from "../../../chart/data-table.ts";
import { FigurePlate } from "../../../chart/figure-plate.tsx";
import { useSpectrum } from "../../../context/spectrum.ts";
import { formatTick, formatValue } from "../../../kit/format.ts";
import { CancelButton } from "../../plate-action.tsx";
import { curvatureCaption, subjectOf } from "../../words.ts";
import { LayersDrawing } from "./drawing.tsx";

export function LayersFigure() {
  const { measurements } = useSpectrum();
  const { parts, source, settings, started, result } = useStore(
    measurements.layers,
    useShallow(({ parts, source, settings, started, result }) => ({ parts, source, settings, started, result })),
  );
  const layers = result?.layers ?? parts;
  const request = settings?.request ?? result?.report.request;
  const tolerance = settings?.tolerance ?? result?.tolerance;
  if (!source || !request || tolerance === undefined || layers.length === 0) return null;
  const top = settings?.top ?? Math.max(...layers.map(({ eigenvalues }) => eigenvalues.length));
  const caption = curvatureCaption("Diagonal blocks by layer", subjectOf(source, request, result?.report ?? started), [
    `k = ${top} of every layer, residuals at most ${formatTick(tolerance)}·|λ|max of the layer; trace and norm from ${settings ? `${settings.probes} ` : ""}Rademacher probes, seed ${request.seed}.`,
    `Whiskers: residuals, and one standard error over the probes.${top > 1 ? " Dots: the next eigenvalues." : ""}`,
    result?.status === "cancelled" ? `Cancelled after ${layers.length} layers.` : "",
  ]);
  const sharpest = layers.reduce((a, b) => (b.eigenvalues[0] > a.eigenvalues[0] ? b : a));
  return (
    <FigurePlate
      title="Layers"
      name="layers"
      controls={<CancelButton id="layers" />}
      caption={caption}
      summary={`${layers.length} layers. Sharpest ${sharpest.name}, largest eigenvalue ${formatValue(sharpest.eigenvalues[0])}.`}
      table={() => layersTable(layers)}
      csv={() => layersToCsv(layers)}
    >
      {(width) => <LayersDrawing width={width} layers={layers} />}
    </FigurePlate>
  );
}

function layersTable(layers: readonly LayerCurvature[]): DataTable {
  return {
    columns: [
      { key: "layer", title: "Layer" },
      { key: "parameters", title: "Parameters" },
      { key: "eigenvalue", title: "λ₁" },
      { key: "residual", title: "Residual" },
      { key: "trace", title: "Trace" },
      { key: "trace_error", title: "± s.e." },
      { key: "frobenius_norm", title: "‖A‖_F" },
      { key: "frobenius_norm_error", title: "± s.e." },
      { key: "products", title: "Products" },
      { key: "status", title: "Status" },
    ],
    rows: layers.map(({ name, dimension, eigenvalues, residuals, trace, frobeniusNorm, products, status }) => [
      name,
      dimension,
      eigenvalues[0] ?? null,
      residuals[0] ?? null,
      trace.mean,
      trace.standardError,
      frobeniusNorm.mean,
      frobeniusNorm.standardError,
      products,
      status,
    ]),
  };
}

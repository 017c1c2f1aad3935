/** Every measure of flatness as a bar with its error, as its draws and steps come in. */
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { SharpnessEstimate } from "../../../../experiment/sharpness.ts";
import { sharpnessToCsv } from "../../../../experiment/sharpness-files.ts";
import type { DataTable } from "../../../chart/data-table.ts";
import { FigurePlate } from "../../../chart/figure-plate.tsx";
import { useSpectrum } from "../../../context/spectrum.ts";
import { kindNames } from "../../../stores/measurements/sharpness.ts";
import { CancelButton } from "../../plate-action.tsx";
import { SharpnessDrawing } from "./drawing.tsx";
import { estimateWords, latestEstimates, sharpnessCaption } from "./words.ts";

export function SharpnessFigure() {
  const { measurements } = useSpectrum();
  const { parts, source, settings, result } = useStore(
    measurements.sharpness,
    useShallow(({ parts, source, settings, result }) => ({ parts, source, settings, result })),
  );
  const estimates = result?.figures ?? latestEstimates(parts);
  const request = settings?.request ?? result?.report.request;
  if (!source || !request || estimates.length === 0) return null;
  const { title, text } = sharpnessCaption(
    source,
    request,
    result?.report.examples ?? null,
    result?.report.backend ?? null,
  );
  return (
    <FigurePlate
      title="Sharpness"
      name="sharpness"
      controls={<CancelButton id="sharpness" />}
      caption={{ title, text: result?.status === "cancelled" ? `${text} Cancelled: what was done is shown.` : text }}
      summary={estimates.map((estimate) => `${kindNames[estimate.kind]}: ${estimateWords(estimate)}.`).join(" ")}
      table={() => sharpnessTable(estimates)}
      csv={() => sharpnessToCsv(estimates)}
    >
      {(width) => <SharpnessDrawing width={width} estimates={estimates} />}
    </FigurePlate>
  );
}

function sharpnessTable(estimates: readonly SharpnessEstimate[]): DataTable {
  return {
    columns: [
      { key: "kind", title: "Measure" },
      { key: "radius", title: "ρ" },
      { key: "value", title: "Rise of the loss" },
      { key: "standard_error", title: "± s.e." },
      { key: "done", title: "Draws or steps" },
      { key: "status", title: "Status" },
    ],
    rows: estimates.map(({ kind, radius, value, standardError, done, status }) => [
      kindNames[kind],
      radius,
      value,
      standardError,
      done,
      status,
    ]),
  };
}

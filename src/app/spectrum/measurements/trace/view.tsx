import type { MeasurementView } from "../../measurement-view.ts";
import { formatMean } from "../../words.ts";
import { TraceFigure } from "./figure.tsx";
import { TraceSection } from "./section.tsx";

export const traceView: MeasurementView<"trace"> = {
  Section: TraceSection,
  Figure: TraceFigure,
  invitation: null,
  summaryValues: ({ trace, frobeniusNorm, probes }) => [
    { name: "Trace", value: formatMean(trace), note: `${probes} probes` },
    ...(frobeniusNorm ? [{ name: "Frobenius norm", value: formatMean(frobeniusNorm), note: `${probes} probes` }] : []),
  ],
};

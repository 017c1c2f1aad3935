/** The figures that one asks for first: the ends of the spectrum, how indefinite it is, trace and norm. */
import { useStore } from "zustand";
import type { Spectrum, TraceResult } from "../../../experiment/curvature.ts";
import { useSpectrum } from "../../context/spectrum.ts";
import { formatCount, formatValue } from "../../kit/format.ts";
import { formatMean, isEstimated } from "../words.ts";

export function KeyFigures() {
  const { spectrum, measurements } = useSpectrum();
  const result = useStore(spectrum, (state) => state.result);
  const source = useStore(spectrum, (state) => state.source);
  const trace = useStore(measurements.trace, (state) => state.result);
  const tracedAt = useStore(measurements.trace, (state) => state.source);
  const isSame =
    trace && result
      ? tracedAt?.weights === source?.weights &&
        JSON.stringify(trace.report.request) === JSON.stringify(result.report.request)
      : true;
  const entries = [...(result ? ends(result) : []), ...(trace && isSame ? traceEntries(trace) : [])];
  if (entries.length === 0) return null;
  return (
    <dl className="key-figures">
      {entries.map(({ name, value, note }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
          <dd className="key-note">{note}</dd>
        </div>
      ))}
    </dl>
  );
}

interface Entry {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

function ends({ eigenvalues, residuals, top, products, status }: Spectrum): Entry[] {
  const count = eigenvalues.length;
  if (count === 0) return [];
  const error = (place: number) => `± ${formatValue(residuals[place], 2)}${isEstimated(status) ? ", estimated" : ""}`;
  const entries: (Entry | false)[] = [
    top > 0 && { name: "Largest eigenvalue", value: formatValue(eigenvalues[0]), note: error(0) },
    top < count && { name: "Smallest eigenvalue", value: formatValue(eigenvalues[top]), note: error(top) },
    top > 0 &&
      top < count && {
        name: "|λmin / λmax|",
        value: formatValue(Math.abs(eigenvalues[top] / eigenvalues[0]), 3),
        note: eigenvalues[top] < 0 ? "indefinite" : "no negative curvature found",
      },
    { name: "Products", value: formatCount(products), note: `${count} pairs` },
  ];
  return entries.filter((entry) => entry !== false);
}

function traceEntries({ trace, frobeniusNorm, probes }: TraceResult): Entry[] {
  const entries: (Entry | undefined)[] = [
    { name: "Trace", value: formatMean(trace), note: `${probes} probes` },
    frobeniusNorm && { name: "Frobenius norm", value: formatMean(frobeniusNorm), note: `${probes} probes` },
  ];
  return entries.filter((entry) => entry !== undefined);
}

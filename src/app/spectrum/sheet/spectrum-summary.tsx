/** The values that one asks for first: the ends of the spectrum, how indefinite it is, trace and norm. */
import { useStore } from "zustand";
import type { Spectrum } from "../../../experiment/curvature.ts";
import type { JobResult } from "../../../jobs/jobs.ts";
import { useSpectrum } from "../../context/spectrum.ts";
import { formatCount, formatValue } from "../../kit/format.ts";
import { type StreamedName, streamedNames } from "../../stores/measurements/list.ts";
import type { MeasurementStore } from "../../stores/spectrum/measurement-store.ts";
import type { SummaryValue } from "../measurement-view.ts";
import { viewOf } from "../measurements/list.ts";
import { isEstimated } from "../words.ts";

export function SpectrumSummary() {
  const { spectrum } = useSpectrum();
  const result = useStore(spectrum, (state) => state.result);
  return (
    <dl className="key-figures">
      {result && <Entries entries={ends(result)} />}
      {streamedNames.map((name) => (
        <MeasurementSummary key={name} name={name} />
      ))}
    </dl>
  );
}

/** Beside a spectrum only those of its own matrix at its own weights. */
function MeasurementSummary<Name extends StreamedName>({ name }: { readonly name: Name }) {
  const { spectrum, measurements } = useSpectrum();
  const store = measurements[name] as unknown as MeasurementStore<Name, unknown>;
  const view = viewOf(name);
  const solved = useStore(spectrum, (state) => state.result);
  const solvedAt = useStore(spectrum, (state) => state.source);
  const result: JobResult<Name> | null = useStore(store, (state) => state.result);
  const measuredAt = useStore(store, (state) => state.source);
  if (!result || !view.summaryValues) return null;
  const isSame =
    !solved ||
    (measuredAt?.weights === solvedAt?.weights &&
      JSON.stringify(result.report.request) === JSON.stringify(solved.report.request));
  return isSame ? <Entries entries={view.summaryValues(result)} /> : null;
}

const Entries = ({ entries }: { readonly entries: readonly SummaryValue[] }) =>
  entries.map(({ name, value, note }) => (
    <div key={name}>
      <dt>{name}</dt>
      <dd>{value}</dd>
      <dd className="key-note">{note}</dd>
    </div>
  ));

function ends({ eigenvalues, residuals, top, products, status }: Spectrum): SummaryValue[] {
  const count = eigenvalues.length;
  if (count === 0) return [];
  const error = (place: number) => `± ${formatValue(residuals[place], 2)}${isEstimated(status) ? ", estimated" : ""}`;
  const entries: (SummaryValue | false)[] = [
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

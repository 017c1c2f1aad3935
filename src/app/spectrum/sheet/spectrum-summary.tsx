/** The values that one asks for first: the ends of the spectrum, how indefinite it is, trace and norm. */
import { useStore } from "zustand";
import { useSpectrum } from "../../context/spectrum.ts";
import { type StreamedName, streamedNames } from "../../stores/measurements/list.ts";
import type { SummaryValue } from "../measurement-view.ts";
import { measurementViews } from "../measurements/list.ts";

export function SpectrumSummary() {
  return (
    <dl className="key-figures">
      {streamedNames.map((name) => (
        <MeasurementSummary key={name} name={name} />
      ))}
    </dl>
  );
}

/** Beside a spectrum only those of its own matrix at its own weights. */
function MeasurementSummary<Name extends StreamedName>({ name }: { readonly name: Name }) {
  const { measurements } = useSpectrum();
  const { spectrum } = measurements;
  const view = measurementViews[name];
  const solved = useStore(spectrum, (state) => state.result);
  const solvedAt = useStore(spectrum, (state) => state.source);
  const result = useStore(measurements[name], (state) => state.result);
  const measuredAt = useStore(measurements[name], (state) => state.source);
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

/** Eigenpairs: how many, how exact, within what; start, progress, cancel. */
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { useSession } from "../../../context/session.ts";
import { useSpectrum } from "../../../context/spectrum.ts";
import { Alert } from "../../../kit/alert.tsx";
import { Disclosure } from "../../../kit/disclosure.tsx";
import { FieldList } from "../../../kit/field-list.tsx";
import { ChoiceField } from "../../../kit/fields.tsx";
import { formatCount, formatTick } from "../../../kit/format.ts";
import { NumberField } from "../../../kit/number-input.tsx";
import { Section } from "../../../kit/section.tsx";
import { isUnderWay } from "../../../stores/job-status.ts";
import { spectrumRange } from "../../../stores/settings/spectrum-settings.ts";
import { costRangeWords } from "../../panel/cost-words.ts";
import { MeasureActions, statusNames } from "../../panel/measure-actions.tsx";
import { usePrice, useWeightsAtHand } from "../../use-subject.ts";
import { recoveryWords, spectrumStatusWords } from "../../words.ts";
import { forecast } from "./forecast.ts";
import { progressWords } from "./progress-words.ts";
import { usualProducts } from "./usual-products.ts";

export function EigenpairsSection() {
  const { spectrum } = useSpectrum().measurements;
  const status = useStore(spectrum, (state) => state.status);
  return (
    <Section scope="spectrum" title="Eigenpairs" aside={statusNames[status]}>
      <SolveActions />
      <Recovery />
      <SolveFields />
    </Section>
  );
}

function SolveActions() {
  const { settings } = useSession();
  const { spectrum } = useSpectrum().measurements;
  const view = useStore(settings, (state) => state.current.spectrum);
  const { status, steps, started, result, solving } = useStore(
    spectrum,
    useShallow(({ status, parts: steps, started, result, settings: solving }) => ({
      status,
      steps,
      started,
      result,
      solving,
    })),
  );
  const { spec } = useWeightsAtHand();
  const price = usePrice(spec);
  const wanted = view.spectrum.top + view.spectrum.bottom;
  const solveWanted = solving ? solving.top + solving.bottom : wanted;
  const last = steps.at(-1);
  return (
    <MeasureActions
      id="spectrum"
      isPrimary
      fraction={isUnderWay(status) ? (last?.converged ?? 0) / Math.max(1, solveWanted) : status === "complete" ? 1 : 0}
      note={
        isUnderWay(status)
          ? solving && last
            ? progressWords(
                last,
                solveWanted,
                forecast(steps, solveWanted, solving.tolerance, solving.maxProducts),
                usualProducts(solving, solving.maxProducts).most,
              )
            : started
              ? `${formatCount(started.dimension)} parameters, ${formatCount(started.examples)} examples: first products`
              : "Preparing"
          : result && status === "complete"
            ? `${formatCount(result.products)} products. ${spectrumStatusWords[result.status]}`
            : costRangeWords(
                usualProducts({ ...view.spectrum, tolerance: view.tolerance }, view.maxProducts),
                view.maxProducts,
                price,
              )
      }
    />
  );
}

/** Says what a lost device cost; nothing otherwise. */
function Recovery() {
  const { spectrum } = useSpectrum().measurements;
  const resumed = useStore(spectrum, (state) => state.started?.resumed);
  if (!resumed) return null;
  return <Alert title="The GPU was lost in mid-solve">{recoveryWords(resumed)}</Alert>;
}

const tolerances = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

function SolveFields() {
  const { settings } = useSession();
  const view = useStore(settings, (state) => state.current.spectrum);
  const { spectrum: pairs } = view;
  const { setSpectrum } = settings.getState();
  const choices = tolerances.includes(view.tolerance) ? tolerances : [...tolerances, view.tolerance];
  return (
    <FieldList>
      <NumberField
        label="Top eigenpairs"
        value={pairs.top}
        range={spectrumRange("spectrum.top")}
        onChange={(top) => setSpectrum({ spectrum: { ...pairs, top } })}
      />
      <NumberField
        label="Bottom eigenpairs"
        value={pairs.bottom}
        range={spectrumRange("spectrum.bottom")}
        onChange={(bottom) => setSpectrum({ spectrum: { ...pairs, bottom } })}
      />
      <ChoiceField
        label="Tolerance, of |λ|max"
        value={String(view.tolerance)}
        options={choices.map((choice) => ({ value: String(choice), label: formatTick(choice) }))}
        onChange={(choice) => setSpectrum({ tolerance: Number(choice) })}
      />
      <Disclosure title="Limits">
        <NumberField
          label="Products at most"
          value={view.maxProducts}
          range={spectrumRange("maxProducts")}
          step={50}
          onChange={(maxProducts) => setSpectrum({ maxProducts })}
        />
        <NumberField
          label="Memory of the basis, MB"
          value={view.memoryMegabytes}
          range={spectrumRange("memoryMegabytes")}
          step={128}
          onChange={(memoryMegabytes) => setSpectrum({ memoryMegabytes })}
        />
      </Disclosure>
    </FieldList>
  );
}

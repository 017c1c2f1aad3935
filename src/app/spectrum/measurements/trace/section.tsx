/** The trace and the Frobenius norm over random probes. */
import { useStore } from "zustand";
import type { TraceMethod } from "../../../../experiment/curvature.ts";
import { useSession } from "../../../context/session.ts";
import { useSpectrum } from "../../../context/spectrum.ts";
import { FieldList } from "../../../kit/field-list.tsx";
import { ChoiceField } from "../../../kit/fields.tsx";
import { Figures } from "../../../kit/figures.tsx";
import { formatCount } from "../../../kit/format.ts";
import { NumberField } from "../../../kit/number-input.tsx";
import { Section } from "../../../kit/section.tsx";
import { isUnderWay } from "../../../stores/job-status.ts";
import { spectrumRange } from "../../../stores/settings/spectrum-settings.ts";
import { costWords } from "../../panel/cost-words.ts";
import { MeasureActions, statusNames, timeLeft } from "../../panel/measure-actions.tsx";
import { usePrice, useWeightsAtHand } from "../../use-subject.ts";
import { formatMean } from "../../words.ts";

export function TraceSection() {
  const { settings } = useSession();
  const { measurements } = useSpectrum();
  const { method, products } = useStore(settings, (state) => state.current.spectrum.trace);
  const { status, parts, settings: asked, startedMs, result } = useStore(measurements.trace);
  const price = usePrice(useWeightsAtHand().spec);
  const set = (change: { method?: TraceMethod; products?: number }) =>
    settings.getState().setSpectrum({ trace: { method, products, ...change } });
  const total = asked?.probes ?? products;
  return (
    <Section scope="trace" title="Trace and norm" aside={statusNames[status]}>
      <MeasureActions
        id="trace"
        fraction={status === "complete" ? 1 : status === "idle" ? 0 : parts.length / total}
        note={
          isUnderWay(status)
            ? asked?.method === "hutch++"
              ? `${formatCount(total)} products`
              : `${parts.length} of ${total} probes${timeLeft(parts.length, total, startedMs)}`
            : costWords(products, price)
        }
      />
      {result && (
        <Figures columns={2}>
          <div>
            <dt>Trace ± s.e.</dt>
            <dd>{formatMean(result.trace)}</dd>
          </div>
          <div>
            <dt>
              ‖A‖<sub>F</sub> ± s.e.
            </dt>
            <dd>{result.frobeniusNorm ? formatMean(result.frobeniusNorm) : "not by Hutch++"}</dd>
          </div>
        </Figures>
      )}
      <FieldList>
        <ChoiceField
          label="Method"
          value={method}
          options={[
            { value: "hutchinson", label: "Hutchinson" },
            { value: "hutch++", label: "Hutch++" },
          ]}
          onChange={(next) => set({ method: next })}
        />
        <NumberField
          label="Products"
          value={products}
          range={spectrumRange("trace.products")}
          step={10}
          onChange={(next) => set({ products: next })}
        />
      </FieldList>
    </Section>
  );
}

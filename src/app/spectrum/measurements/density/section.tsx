/** The density: how many probes of how many Lanczos steps. */
import { useStore } from "zustand";
import { useSession } from "../../../context/session.ts";
import { useSpectrum } from "../../../context/spectrum.ts";
import { FieldList } from "../../../kit/field-list.tsx";
import { NumberField } from "../../../kit/number-input.tsx";
import { Section } from "../../../kit/section.tsx";
import { isUnderWay } from "../../../stores/job-status.ts";
import { spectrumRange } from "../../../stores/settings/spectrum-settings.ts";
import { costWords } from "../../panel/cost-words.ts";
import { MeasureActions, statusNames, timeLeft } from "../../panel/measure-actions.tsx";
import { usePrice, useWeightsAtHand } from "../../use-subject.ts";

export function DensitySection() {
  const { settings } = useSession();
  const { measurements } = useSpectrum();
  const { probes, steps } = useStore(settings, (state) => state.current.spectrum.density);
  const { status, parts, settings: asked, startedMs } = useStore(measurements.density);
  const price = usePrice(useWeightsAtHand().spec);
  const set = (change: { probes?: number; steps?: number }) =>
    settings.getState().setSpectrum({ density: { probes, steps, ...change } });
  const total = asked?.probes ?? probes;
  return (
    <Section scope="density" title="Density" aside={statusNames[status]}>
      <MeasureActions
        id="density"
        fraction={status === "idle" ? 0 : status === "complete" ? 1 : parts.length / total}
        note={
          isUnderWay(status)
            ? `${parts.length} of ${total} probes${timeLeft(parts.length, total, startedMs)}`
            : costWords(probes * steps, price)
        }
      />
      <FieldList>
        <NumberField
          label="Probes"
          value={probes}
          range={spectrumRange("density.probes")}
          onChange={(next) => set({ probes: next })}
        />
        <NumberField
          label="Lanczos steps per probe"
          value={steps}
          range={spectrumRange("density.steps")}
          step={10}
          onChange={(next) => set({ steps: next })}
        />
      </FieldList>
    </Section>
  );
}

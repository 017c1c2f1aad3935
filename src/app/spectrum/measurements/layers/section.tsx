/** The diagonal block of every layer. */
import { useStore } from "zustand";
import { useSession } from "../../../context/session.ts";
import { useSpectrum } from "../../../context/spectrum.ts";
import { FieldList } from "../../../kit/field-list.tsx";
import { NumberField } from "../../../kit/number-input.tsx";
import { Section } from "../../../kit/section.tsx";
import { isUnderWay } from "../../../stores/job-status.ts";
import { spectrumRange } from "../../../stores/settings/spectrum-settings.ts";
import { MeasureActions, statusNames, timeLeft } from "../../panel/measure-actions.tsx";
import { useLayerCount } from "./use-layer-count.ts";

export function LayersSection() {
  const { settings } = useSession();
  const { measurements } = useSpectrum();
  const { top, probes } = useStore(settings, (state) => state.current.spectrum.layers);
  const { status, parts, startedMs } = useStore(measurements.layers);
  const count = useLayerCount();
  const set = (change: { top?: number; probes?: number }) =>
    settings.getState().setSpectrum({ layers: { top, probes, ...change } });
  return (
    <Section scope="layers" title="Layers" aside={statusNames[status]}>
      <MeasureActions
        id="layers"
        fraction={status === "idle" ? 0 : status === "complete" ? 1 : parts.length / Math.max(1, count)}
        note={
          isUnderWay(status)
            ? `${parts.length} of ${count} layers${timeLeft(parts.length, count, startedMs)}`
            : `${count} layers, each ${probes} probes and the products of its eigenpairs`
        }
      />
      <FieldList>
        <NumberField
          label="Top eigenpairs per layer"
          value={top}
          range={spectrumRange("layers.top")}
          onChange={(next) => set({ top: next })}
        />
        <NumberField
          label="Probes per layer"
          value={probes}
          range={spectrumRange("layers.probes")}
          onChange={(next) => set({ probes: next })}
        />
      </FieldList>
    </Section>
  );
}

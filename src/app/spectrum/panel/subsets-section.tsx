/** The full set against parts of it. */
import { useStore } from "zustand";
import { useSession } from "../../context/session.ts";
import { useSpectrum } from "../../context/spectrum.ts";
import { NumberField } from "../../kit/fields.tsx";
import { ListField } from "../../kit/list-field.tsx";
import { Section } from "../../kit/section.tsx";
import { exampleCount } from "../../stores/image-counts.ts";
import { type SpectrumView, subsetSizes } from "../../stores/settings/spectrum-settings.ts";
import { isSolving } from "../../stores/spectrum/spectrum-store.ts";
import { useWeightsAtHand } from "../use-subject.ts";
import { MeasureActions, statusNames, timeLeft } from "./measure-actions.tsx";

export function SubsetsSection() {
  const { settings, data } = useSession();
  const { measurements } = useSpectrum();
  const view = useStore(settings, (state) => state.current.spectrum);
  const { status, parts, settings: asked, startedMs } = useStore(measurements.subsets);
  const { spec } = useWeightsAtHand();
  const kept = useStore(data, (state) => state.kept);
  const { subsets } = view;
  const examples = exampleCount(spec, view.subset, kept);
  const sizes = subsetSizes(view, examples);
  const tooLarge = sizes.filter((size) => size > examples);
  const set = (change: Partial<SpectrumView["subsets"]>) =>
    settings.getState().setSpectrum({ subsets: { ...subsets, ...change } });
  const planned = 1 + sizes.length * subsets.draws + subsets.resampled;
  const total = asked ? 1 + asked.batchSizes.length * asked.draws + (asked.resampled?.draws ?? 0) : planned;
  return (
    <Section title="Subsets" aside={statusNames[status]}>
      <MeasureActions
        id="subsets"
        fraction={status === "idle" ? 0 : status === "complete" ? 1 : parts.length / total}
        note={
          isSolving(status)
            ? `${parts.length} of ${total} samples${timeLeft(parts.length, total, startedMs)}`
            : `${planned} spectra: the full set, ${sizes.length} sizes of ${subsets.draws}${subsets.resampled > 0 ? `, ${subsets.resampled} resampled` : ""}`
        }
      />
      <div className="fields">
        <NumberField
          label="Largest, pairs a sample"
          value={subsets.top}
          min={1}
          max={50}
          integer
          onChange={(top) => set({ top })}
        />
        <ListField
          label="Sizes of mini-batches"
          value={subsets.sizes.map(String)}
          placeholder={subsetSizes({ ...view, subsets: { ...subsets, sizes: [] } }, examples).join(", ")}
          error={tooLarge.length > 0 ? "too large" : null}
          onChange={(items) =>
            set({
              sizes: items
                .map(Number)
                .filter((size) => Number.isInteger(size) && size >= 1 && size <= 1_000_000)
                .slice(0, 12),
            })
          }
        />
        <NumberField
          label="Draws of each size"
          value={subsets.draws}
          min={1}
          max={100}
          integer
          onChange={(draws) => set({ draws })}
        />
        <NumberField
          label="Resampled sets"
          value={subsets.resampled}
          min={0}
          max={100}
          integer
          onChange={(resampled) => set({ resampled })}
        />
      </div>
    </Section>
  );
}

/** The full set against parts of it. */
import { useStore } from "zustand";
import { useStores } from "../../app-stores.ts";
import { NumberField } from "../../panels/fields.tsx";
import { Section } from "../../panels/section.tsx";
import { type SpectrumView, subsetSizes, subsetsSettings } from "../../stores/spectrum-settings.ts";
import { isSolving } from "../../stores/spectrum-store.ts";
import { useWeightsAtHand } from "../use-subject.ts";
import { ListField } from "./list-field.tsx";
import { MeasureActions, statusNames, timeLeft } from "./measure-actions.tsx";
import { useStart } from "./use-start.ts";

const whole = { train: 50_000, test: 10_000 } as const;

export function SubsetsSection() {
  const { settings, measurements } = useStores();
  const view = useStore(settings, (state) => state.current.spectrum);
  const { status, parts, settings: asked, startedMs, message, measure, cancel } = useStore(measurements.subsets);
  const { spec } = useWeightsAtHand();
  const { start, isDisabled } = useStart("The subsets could not be measured");
  const { subsets } = view;
  const examples = spec.data[view.subset].count ?? whole[view.subset];
  const sizes = subsetSizes(view, examples);
  const tooLarge = sizes.filter((size) => size > examples);
  const set = (change: Partial<SpectrumView["subsets"]>) =>
    settings.getState().setSpectrum({ subsets: { ...subsets, ...change } });
  const planned = 1 + sizes.length * subsets.draws + subsets.resampled;
  const total = asked ? 1 + asked.batchSizes.length * asked.draws + (asked.resampled?.draws ?? 0) : planned;
  return (
    <Section title="Subsets" aside={statusNames[status]}>
      <MeasureActions
        status={status}
        label="Compare subsets"
        isDisabled={isDisabled || tooLarge.length > 0}
        fraction={status === "idle" ? 0 : parts.length / total}
        note={
          isSolving(status)
            ? `${parts.length} of ${total} samples${timeLeft(parts.length, total, startedMs)}`
            : tooLarge.length > 0
              ? `There are ${examples} examples: take no more than that in a mini-batch.`
              : `${planned} spectra: the full set, ${sizes.length} sizes of ${subsets.draws}${subsets.resampled > 0 ? `, ${subsets.resampled} resampled` : ""}`
        }
        message={message}
        onStart={() =>
          start((source) => {
            const { spectrum } = settings.getState().current;
            measure(
              source,
              subsetsSettings(spectrum, source.spec.data[spectrum.subset].count ?? whole[spectrum.subset]),
            );
          })
        }
        onCancel={cancel}
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

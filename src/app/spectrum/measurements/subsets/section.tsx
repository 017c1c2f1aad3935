/** The full set against parts of it. */
import { useStore } from "zustand";
import { numberListRange } from "../../../../experiment/number-range.ts";
import { useSession } from "../../../context/session.ts";
import { useSpectrum } from "../../../context/spectrum.ts";
import { FieldList } from "../../../kit/field-list.tsx";
import { NumberField } from "../../../kit/number-input.tsx";
import { NumberListField } from "../../../kit/number-list-field.tsx";
import { Section } from "../../../kit/section.tsx";
import { exampleCount } from "../../../stores/image-counts.ts";
import { isUnderWay } from "../../../stores/job-status.ts";
import { type SubsetsView, subsetSizes } from "../../../stores/measurements/subsets.ts";
import { spectrumRange, spectrumSettingsSchema } from "../../../stores/settings/spectrum-settings.ts";
import { MeasureActions, statusNames, timeLeft } from "../../panel/measure-actions.tsx";
import { useWeightsAtHand } from "../../use-subject.ts";

export function SubsetsSection() {
  const { settings, data } = useSession();
  const { measurements } = useSpectrum();
  const view = useStore(settings, (state) => state.current.spectrum);
  const { status, parts, settings: asked, startedMs } = useStore(measurements.subsets);
  const { spec } = useWeightsAtHand();
  const kept = useStore(data, (state) => state.kept);
  const { subsets } = view;
  const examples = exampleCount(spec, view.subset, kept);
  const sizes = subsetSizes(subsets, examples);
  const tooLarge = sizes.filter((size) => size > examples);
  const set = (change: Partial<SubsetsView>) => settings.getState().setSpectrum({ subsets: { ...subsets, ...change } });
  const planned = 1 + sizes.length * subsets.draws + subsets.resampled;
  const total = asked ? 1 + asked.batchSizes.length * asked.draws + (asked.resampled?.draws ?? 0) : planned;
  return (
    <Section scope="subsets" title="Subsets" aside={statusNames[status]}>
      <MeasureActions
        id="subsets"
        fraction={status === "idle" ? 0 : status === "complete" ? 1 : parts.length / total}
        note={
          isUnderWay(status)
            ? `${parts.length} of ${total} samples${timeLeft(parts.length, total, startedMs)}`
            : `${planned} spectra: the full set, ${sizes.length} sizes of ${subsets.draws}${subsets.resampled > 0 ? `, ${subsets.resampled} resampled` : ""}`
        }
      />
      <FieldList>
        <NumberField
          label="Top eigenpairs per sample"
          value={subsets.top}
          range={spectrumRange("subsets.top")}
          onChange={(top) => set({ top })}
        />
        <NumberListField
          label="Sizes of mini-batches"
          value={subsets.sizes}
          range={numberListRange(spectrumSettingsSchema, "subsets.sizes")}
          placeholder={subsetSizes({ sizes: [] }, examples).join(", ")}
          refusal={tooLarge.length > 0 ? `Give at most ${examples}, the number of examples there are.` : null}
          onChange={(sizes) => set({ sizes: [...sizes] })}
        />
        <NumberField
          label="Draws of each size"
          value={subsets.draws}
          range={spectrumRange("subsets.draws")}
          onChange={(draws) => set({ draws })}
        />
        <NumberField
          label="Resampled sets"
          value={subsets.resampled}
          range={spectrumRange("subsets.resampled")}
          onChange={(resampled) => set({ resampled })}
        />
      </FieldList>
    </Section>
  );
}

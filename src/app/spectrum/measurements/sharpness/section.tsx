/** Which measures of flatness, how far from the weights, and how thoroughly. */
import { Checkbox } from "@mantine/core";
import { useStore } from "zustand";
import { isAverage, sharpnessKinds } from "../../../../experiment/sharpness.ts";
import { useSession } from "../../../context/session.ts";
import { useSpectrum } from "../../../context/spectrum.ts";
import { FieldList } from "../../../kit/field-list.tsx";
import { capitalised } from "../../../kit/format.ts";
import { Note } from "../../../kit/note.tsx";
import { NumberField } from "../../../kit/number-input.tsx";
import { Section } from "../../../kit/section.tsx";
import { isUnderWay } from "../../../stores/job-status.ts";
import { kindNames, type SharpnessView, sharpnessMeasures } from "../../../stores/measurements/sharpness.ts";
import { spectrumRange } from "../../../stores/settings/spectrum-settings.ts";
import { MeasureActions, statusNames, timeLeft } from "../../panel/measure-actions.tsx";
import { kindExplanations } from "./words.ts";

export function SharpnessSection() {
  const { settings } = useSession();
  const { measurements } = useSpectrum();
  const view = useStore(settings, (state) => state.current.spectrum.sharpness);
  const { status, parts, settings: asked, startedMs } = useStore(measurements.sharpness);
  const set = (change: Partial<SharpnessView>) =>
    settings.getState().setSpectrum({ sharpness: { ...view, ...change } });
  const measures = sharpnessMeasures(view);
  const total = (asked?.request.measures ?? measures).reduce((sum, { count }) => sum + count, 0);
  return (
    <Section scope="sharpness" title="Sharpness" aside={statusNames[status]}>
      <MeasureActions
        id="sharpness"
        fraction={status === "idle" ? 0 : status === "complete" ? 1 : parts.length / total}
        note={
          isUnderWay(status)
            ? `${parts.length} of ${total} draws and steps${timeLeft(parts.length, total, startedMs)}`
            : costOf(measures)
        }
      />
      <Checkbox.Group
        label="Measures"
        size="xs"
        my={12}
        value={[...view.kinds]}
        onChange={(chosen) => {
          const kinds = sharpnessKinds.filter((kind) => chosen.includes(kind));
          if (kinds.length > 0) set({ kinds });
        }}
      >
        {sharpnessKinds.map((kind) => (
          <Checkbox
            key={kind}
            size="xs"
            mt={8}
            value={kind}
            label={capitalised(kindNames[kind])}
            description={kindExplanations[kind]}
          />
        ))}
      </Checkbox.Group>
      <FieldList>
        {measures.map(({ kind, radius }) => (
          <NumberField
            key={kind}
            label={`ρ, ${kindNames[kind]}`}
            value={radius}
            range={spectrumRange(`sharpness.radii.${kind}`)}
            step={0.05}
            onChange={(next) => set({ radii: { ...view.radii, [kind]: next } })}
          />
        ))}
        <NumberField
          label="Draws of an average"
          value={view.draws}
          range={spectrumRange("sharpness.draws")}
          step={10}
          onChange={(draws) => set({ draws })}
        />
        <NumberField
          label="Steps of a worst case"
          value={view.steps}
          range={spectrumRange("sharpness.steps")}
          step={5}
          onChange={(steps) => set({ steps })}
        />
      </FieldList>
      <Note>
        Of all weights: of the matrix above, only examples, BatchNorm statistics and the random seed count here.
      </Note>
    </Section>
  );
}

function costOf(measures: ReturnType<typeof sharpnessMeasures>): string {
  const sum = (isWanted: (average: boolean) => boolean) =>
    measures.reduce((total, { kind, count }) => total + (isWanted(isAverage(kind)) ? count : 0), 0);
  const [draws, steps] = [sum((average) => average), sum((average) => !average)];
  return [draws > 0 && `${draws} losses`, steps > 0 && `${steps} gradients`].filter(Boolean).join(" and ");
}

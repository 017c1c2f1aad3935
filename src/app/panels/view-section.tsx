/** How the figure is drawn. Nothing here measures anything again. */
import { NumberInput, SegmentedControl, Slider } from "@mantine/core";
import { useStore } from "zustand";
import { useStores } from "../app-stores.ts";
import { colourMapNames } from "../figure/colour-maps.ts";
import { type Metric, metricNames, metrics } from "../figure/metric.ts";
import type { ScaleChoice } from "../figure/value-scale.ts";
import { ConvexityFields } from "./convexity-fields.tsx";
import { ChoiceField, SwitchField } from "./fields.tsx";
import { QuadraticModelField } from "./quadratic-model-field.tsx";
import { Field, Section } from "./section.tsx";

export function ViewSection() {
  const { settings } = useStores();
  const view = useStore(settings, (state) => state.current.view);
  const set = settings.getState().setView;
  return (
    <Section title="Drawing">
      <SegmentedControl
        fullWidth
        aria-label="Metric"
        value={view.metric}
        data={metrics.map((metric) => ({ value: metric, label: metricNames[metric] }))}
        onChange={(metric) => set({ metric: metric as Metric, clip: { low: null, high: null } })}
      />
      <div className="fields">
        <Field label="Scale">
          <SegmentedControl
            aria-label="Scale of the values"
            value={view.scale}
            data={[
              { value: "auto", label: "Auto" },
              { value: "linear", label: "Linear" },
              { value: "log", label: "Log" },
            ]}
            onChange={(scale) => set({ scale: scale as ScaleChoice })}
          />
        </Field>
        <Field label="Clip below, above">
          <div className="field-pair">
            <ClipInput
              name="Clip below"
              value={view.clip.low}
              onChange={(low) => set({ clip: { ...view.clip, low } })}
            />
            <ClipInput
              name="Clip above"
              value={view.clip.high}
              onChange={(high) => set({ clip: { ...view.clip, high } })}
            />
          </div>
        </Field>
        <Field label="Vertical scale">
          <Slider
            thumbLabel="Vertical scale"
            min={0.1}
            max={2}
            step={0.05}
            value={view.verticalScale}
            label={(value) => `×${value.toFixed(2)}`}
            onChange={(verticalScale) => set({ verticalScale })}
          />
        </Field>
        <ChoiceField
          label="Colours"
          value={view.colourMap}
          options={colourMapNames.map((name) => ({ value: name, label: name[0].toUpperCase() + name.slice(1) }))}
          onChange={(colourMap) => set({ colourMap })}
        />
        <SwitchField label="Contours" checked={view.contours} onChange={(contours) => set({ contours })} />
        <ConvexityFields />
        <QuadraticModelField />
      </div>
    </Section>
  );
}

interface ClipInputProps {
  readonly name: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

/** Empty follows the data. */
function ClipInput({ name, value, onChange }: ClipInputProps) {
  return (
    <NumberInput
      aria-label={name}
      placeholder="none"
      value={value ?? ""}
      hideControls
      onChange={(next) => {
        const number = next === "" ? null : Number(next);
        if (number === null || Number.isFinite(number)) onChange(number);
      }}
    />
  );
}

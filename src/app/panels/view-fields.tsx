/** How surfaces are drawn: fields that the Landscape and the Compare page share. Nothing here measures anything again. */
import { NumberInput, SegmentedControl, Slider } from "@mantine/core";
import { colourMapNames } from "../figure/colour-maps.ts";
import { type Metric, metricNames, metrics } from "../figure/metric.ts";
import type { ScaleChoice } from "../figure/value-scale.ts";
import type { ViewSettings } from "../figure/view-settings.ts";
import { ChoiceField, SwitchField } from "../kit/fields.tsx";
import { Field } from "../kit/section.tsx";

export interface ViewFieldProps {
  readonly view: ViewSettings;
  readonly set: (change: Partial<ViewSettings>) => void;
}

export function MetricChoice({ view, set }: ViewFieldProps) {
  return (
    <SegmentedControl
      fullWidth
      aria-label="Metric"
      value={view.metric}
      data={metrics.map((metric) => ({ value: metric, label: metricNames[metric] }))}
      onChange={(metric) => set({ metric: metric as Metric, clip: { low: null, high: null } })}
    />
  );
}

/** Scale of the values, and what is cut off. */
export function ScaleFields({ view, set }: ViewFieldProps) {
  const { clip } = view;
  return (
    <>
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
          <ClipInput name="Clip below" value={clip.low} onChange={(low) => set({ clip: { ...clip, low } })} />
          <ClipInput name="Clip above" value={clip.high} onChange={(high) => set({ clip: { ...clip, high } })} />
        </div>
      </Field>
    </>
  );
}

export function VerticalScaleField({ view, set }: ViewFieldProps) {
  return (
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
  );
}

export function ColourFields({ view, set }: ViewFieldProps) {
  return (
    <>
      <ChoiceField
        label="Colours"
        value={view.colourMap}
        options={colourMapNames.map((name) => ({ value: name, label: name[0].toUpperCase() + name.slice(1) }))}
        onChange={(colourMap) => set({ colourMap })}
      />
      <SwitchField label="Contours" checked={view.contours} onChange={(contours) => set({ contours })} />
    </>
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

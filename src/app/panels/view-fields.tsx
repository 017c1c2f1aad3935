/** How surfaces are drawn: fields that the Landscape and the Compare page share. Nothing here measures anything again. */
import { SegmentedControl, Slider } from "@mantine/core";
import { describeNode } from "../../experiment/expectation.ts";
import { isInRange } from "../../experiment/number-range.ts";
import { clipRanges, type DrawnValues } from "../figure/clip-ranges.ts";
import { colourMapNames } from "../figure/colour-maps.ts";
import { type Metric, metricNames, metrics } from "../figure/metric.ts";
import type { ScaleChoice } from "../figure/value-scale.ts";
import type { ViewSettings } from "../figure/view-settings.ts";
import { Field } from "../kit/field.tsx";
import { ChoiceField, SwitchField } from "../kit/fields.tsx";
import { OptionalNumberInput, PairField } from "../kit/number-input.tsx";

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
export function ScaleFields({ view, set, drawn }: ViewFieldProps & { readonly drawn: DrawnValues | null }) {
  const { clip } = view;
  const ranges = clipRanges(clip, drawn);
  const refusalOf = (end: "low" | "high") => {
    const value = clip[end];
    return value === null || isInRange(value, ranges[end]) ? null : `Give ${describeNode(ranges[end])}.`;
  };
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
      <PairField label="Clip below, above">
        <OptionalNumberInput
          name="Clip below"
          placeholder="none"
          value={clip.low}
          range={ranges.low}
          refusal={refusalOf("low")}
          onChange={(low) => set({ clip: { ...clip, low } })}
        />
        <OptionalNumberInput
          name="Clip above"
          placeholder="none"
          value={clip.high}
          range={ranges.high}
          refusal={refusalOf("high")}
          onChange={(high) => set({ clip: { ...clip, high } })}
        />
      </PairField>
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

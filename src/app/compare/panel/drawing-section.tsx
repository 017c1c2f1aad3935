/** How the panes are drawn. Nothing here measures anything again. */
import { SegmentedControl, Slider } from "@mantine/core";
import { useStore } from "zustand";
import { useStores } from "../../app-stores.ts";
import { colourMapNames } from "../../figure/colour-maps.ts";
import { type Metric, metricNames, metrics } from "../../figure/metric.ts";
import type { ScaleChoice } from "../../figure/value-scale.ts";
import { ChoiceField, SwitchField } from "../../panels/fields.tsx";
import { Field, Section } from "../../panels/section.tsx";

export function DrawingSection() {
  const { compare } = useStores();
  const { view, linked, sharedRange, drawing, set, setView } = useStore(compare.settings);
  const isRelief = drawing === "relief";
  return (
    <Section title="Drawing">
      <SegmentedControl
        fullWidth
        aria-label="Metric"
        value={view.metric}
        data={metrics.map((metric) => ({ value: metric, label: metricNames[metric] }))}
        onChange={(metric) => setView({ metric: metric as Metric })}
      />
      <div className="fields">
        <SwitchField
          label="One range of values for all"
          checked={sharedRange}
          onChange={(next) => set({ sharedRange: next })}
        />
        {isRelief && (
          <SwitchField
            label="Cameras linked"
            checked={linked}
            onChange={(next) => {
              compare.viewpoints.gather();
              set({ linked: next });
            }}
          />
        )}
        <Field label="Scale">
          <SegmentedControl
            aria-label="Scale of the values"
            value={view.scale}
            data={[
              { value: "auto", label: "Auto" },
              { value: "linear", label: "Linear" },
              { value: "log", label: "Log" },
            ]}
            onChange={(scale) => setView({ scale: scale as ScaleChoice })}
          />
        </Field>
        {isRelief && (
          <Field label="Vertical scale">
            <Slider
              thumbLabel="Vertical scale"
              min={0.1}
              max={2}
              step={0.05}
              value={view.verticalScale}
              label={(value) => `×${value.toFixed(2)}`}
              onChange={(verticalScale) => setView({ verticalScale })}
            />
          </Field>
        )}
        {drawing !== "line" && (
          <>
            <ChoiceField
              label="Colours"
              value={view.colourMap}
              options={colourMapNames.map((name) => ({ value: name, label: name[0].toUpperCase() + name.slice(1) }))}
              onChange={(colourMap) => setView({ colourMap })}
            />
            <SwitchField label="Contours" checked={view.contours} onChange={(contours) => setView({ contours })} />
          </>
        )}
      </div>
    </Section>
  );
}

/** How the compared surfaces are drawn. Nothing here measures anything again. */
import { useStore } from "zustand";
import { useCompare } from "../../context/compare.ts";
import { drawnValues } from "../../figure/clip-ranges.ts";
import { FieldList } from "../../kit/field-list.tsx";
import { SwitchField } from "../../kit/fields.tsx";
import { Section } from "../../kit/section.tsx";
import { ColourFields, MetricChoice, ScaleFields, VerticalScaleField } from "../../panels/view-fields.tsx";

export function DrawingSection() {
  const compare = useCompare();
  const { view, linked, sharedRange, drawing, set, setView } = useStore(compare.settings);
  const figures = useStore(compare.figures, (state) => state.figures);
  const isRelief = drawing === "relief";
  return (
    <Section scope="compare-view" title="Drawing">
      <MetricChoice view={view} set={setView} />
      <FieldList>
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
        <ScaleFields view={view} set={setView} drawn={drawnValues(Object.values(figures))} />
        {isRelief && <VerticalScaleField view={view} set={setView} />}
        {drawing !== "line" && <ColourFields view={view} set={setView} />}
      </FieldList>
    </Section>
  );
}

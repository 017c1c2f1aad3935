/** How the figure is drawn. Nothing here measures anything again. */
import { useStore } from "zustand";
import { useLandscape } from "../context/landscape.ts";
import { useSession } from "../context/session.ts";
import { drawnValues } from "../figure/clip-ranges.ts";
import { FieldList } from "../kit/field-list.tsx";
import { Section } from "../kit/section.tsx";
import { ConvexityFields } from "./convexity-fields.tsx";
import { QuadraticModelField } from "./quadratic-model-field.tsx";
import { ColourFields, MetricChoice, ScaleFields, VerticalScaleField } from "./view-fields.tsx";

export function ViewSection() {
  const { settings } = useSession();
  const { figure } = useLandscape();
  const view = useStore(settings, (state) => state.current.view);
  const drawn = useStore(figure, (state) => state.figure);
  const set = settings.getState().setView;
  return (
    <Section scope="view" title="Drawing">
      <MetricChoice view={view} set={set} />
      <FieldList>
        <ScaleFields view={view} set={set} drawn={drawn && drawnValues([drawn])} />
        <VerticalScaleField view={view} set={set} />
        <ColourFields view={view} set={set} />
        <ConvexityFields />
        <QuadraticModelField />
      </FieldList>
    </Section>
  );
}

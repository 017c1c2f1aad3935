import type { MeasurementView } from "../../measurement-view.ts";
import { SharpnessFigure } from "./figure.tsx";
import { SharpnessSection } from "./section.tsx";

export const sharpnessView: MeasurementView<"sharpness"> = {
  Section: SharpnessSection,
  Figure: SharpnessFigure,
  invitation: {
    title: "Sharpness",
    text: "How far the loss rises around these weights, on average and at worst, when every weight moves a little.",
    sketch: (
      <>
        <path d="M10 10C34 58 66 58 92 10" />
        <circle cx={51} cy={46} r={2} />
        <path d="M22 44h58" strokeDasharray="3 3" />
        <path d="M108 22V46M104 22h8M104 46h8" />
      </>
    ),
  },
};

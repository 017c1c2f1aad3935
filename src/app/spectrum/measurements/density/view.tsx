import type { MeasurementView } from "../../measurement-view.ts";
import { DensityFigure } from "./figure.tsx";
import { DensitySection } from "./section.tsx";

export const densityView: MeasurementView<"density"> = {
  Section: DensitySection,
  Figure: DensityFigure,
  invitation: {
    title: "Density",
    text: "How the whole spectrum is spread: a bulk near zero and outliers far from it, from random probes.",
    sketch: (
      <path d="M8 51C20 50 24 44 28 26C31 10 33 10 36 26C41 46 46 50 62 51M70 51C74 42 78 42 82 51M104 51C107 45 110 45 113 51" />
    ),
  },
};

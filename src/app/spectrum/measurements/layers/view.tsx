import type { MeasurementView } from "../../measurement-view.ts";
import { LayersFigure } from "./figure.tsx";
import { LayersSection } from "./section.tsx";

const bars = [52, 20, 34, 12, 44];

export const layersView: MeasurementView<"layers"> = {
  Section: LayersSection,
  Figure: LayersFigure,
  invitation: {
    title: "Layers",
    text: "Largest eigenvalue, trace and norm of every layer's own block.",
    sketch: bars.map((length, i) => <path key={length} d={`M5 ${9 + i * 9}h${length * 2}`} className="sketch-bar" />),
  },
};

import type { MeasurementView } from "../../measurement-view.ts";
import { SubsetsFigure } from "./figure.tsx";
import { SubsetsSection } from "./section.tsx";

export const subsetsView: MeasurementView<"subsets"> = {
  Section: SubsetsSection,
  Figure: SubsetsFigure,
  invitation: {
    title: "Subsets against the full set",
    text: "What mini-batches and resampled sets say of the full set's spectrum, and how far they point the same way.",
    sketch: (
      <>
        <path d="M5 20H130" strokeDasharray="3 3" />
        {[20, 46, 72, 98].map((x, i) => (
          <g key={x}>
            <path d={`M${x} ${6 + i * 3.4}V${22 - i * 0.6}M${x - 5} ${14 + i * 1.4}h10`} />
            <path d={`M${x} ${34 - i * 2.2}V${46 - i * 3.6}M${x - 5} ${40 - i * 3}h10`} />
          </g>
        ))}
      </>
    ),
  },
};

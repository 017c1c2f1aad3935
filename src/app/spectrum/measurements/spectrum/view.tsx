import type { MeasurementView } from "../../measurement-view.ts";
import { spectrumSummary } from "../../words.ts";
import { ends } from "./ends.ts";
import { EigenpairsFigure } from "./figure.tsx";
import { EigenpairsSection } from "./section.tsx";

const stems = [34, 22, 16, 12, 10, 8, 7, 6];

const sketch = (
  <>
    {stems.map((height, i) => (
      <g key={height}>
        <path d={`M${15 + i * 12} 42V${42 - height}`} />
        <circle cx={15 + i * 12} cy={42 - height} r={2} />
      </g>
    ))}
    <path d="M117 42V46" />
    <circle cx={117} cy={47} r={2} />
  </>
);

export const spectrumView: MeasurementView<"spectrum"> = {
  Section: EigenpairsSection,
  Figure: EigenpairsFigure,
  isShown: ({ parts, result }) => parts.length > 0 || (result !== null && result.eigenvalues.length > 0),
  invitation: {
    title: "Eigenvalues and eigenvectors",
    text: "The sharpest and the most negative directions of the loss at these weights, each with its residual. They draw surfaces too.",
    waiting: "The matrix is being prepared; the first Ritz values come with the first products.",
    sketch,
  },
  summaryValues: ends,
  describe: spectrumSummary,
};

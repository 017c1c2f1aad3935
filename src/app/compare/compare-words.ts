/** The compared surfaces in words: the caption under them, and what is read out in place of the pictures. */
import type { SurfaceView } from "../../experiment/surface-view.ts";
import { type CaptionParts, directionsWords, normalizationNames } from "../figure/describe.ts";
import { metricNames } from "../figure/metric.ts";
import { formatCount } from "../kit/format.ts";
import type { CompareSettings, Drawing } from "../stores/settings/compare-settings.ts";

const drawingWords: Readonly<Record<Drawing, string>> = {
  relief: "as a relief",
  map: "from above",
  line: "along α where β is 0",
};

export function compareCaption(
  { surface, view, drawing, sharedRange }: CompareSettings,
  names: readonly string[],
): CaptionParts {
  const name = metricNames[view.metric];
  const sentences = [
    `${directionsWords(surface)}${isEigen(surface) ? " of each run's own" : ", the same draw for all"}, ${
      normalizationNames[surface.normalization]
    } by each run's own weights.`,
    `${formatCount(surface.alpha.count)} × ${formatCount(surface.beta.count)} points, ${
      surface.subset === "train" ? "training" : "test"
    } set.`,
    sharedRange ? "One range of values for all." : "Every pane has its own range of values.",
  ];
  return {
    title: `${name} around ${names.length} ${names.length === 1 ? "run" : "runs"}, ${drawingWords[drawing]}: ${names.join("; ")}.`,
    text: sentences.join(" "),
  };
}

const isEigen = ({ x, y }: SurfaceView) => x.kind === "eigen" || y?.kind === "eigen";

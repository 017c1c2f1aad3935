/** The compared surfaces in words: the caption under them, and what is read out in place of the pictures. */
import { treatmentOf } from "../../experiment/direction-treatment.ts";
import type { SurfaceView } from "../../experiment/surface-view.ts";
import { type CaptionParts, directionsWords } from "../figure/describe.ts";
import { metricNames } from "../figure/metric.ts";
import { treatmentWords } from "../figure/treatment-words.ts";
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
  hasBatchNorm: boolean,
): CaptionParts {
  const name = metricNames[view.metric];
  const sentences = [
    `${directionsWords(surface)}${isEigen(surface) ? " of each run's own" : ", the same draw for all"}, ${treatmentWords(
      surface,
      hasBatchNorm,
    )}${isScaled(surface) ? ", by each run's own weights" : ""}.`,
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

/** Whether a run's weights scale its directions. */
const isScaled = (surface: SurfaceView) =>
  [surface.x, surface.y].some(
    (direction) => direction && treatmentOf(direction.kind, surface).normalization !== "none",
  );

const isEigen = ({ x, y }: SurfaceView) => x.kind === "eigen" || y?.kind === "eigen";

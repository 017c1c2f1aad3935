/** The loss of a curve while it is trained: at every step that of one batch at one point of it. */
import { extentOf, linearAxis, logAxis, pathOf } from "../chart/axis.ts";
import { type Frame, horizontal, PlotPanel, vertical } from "../chart/plot-panel.tsx";

/** Most steps of which a drawing shows each; beyond, it shows means of neighbours. */
const mostPoints = 300;

export interface MeanSteps {
  /** Steps of which a value is the mean. */
  readonly width: number;
  /** The last may be of fewer steps. */
  readonly values: readonly number[];
}

/** Means of neighbouring steps: batches and points of the curve differ much. */
export function meanSteps(losses: Float32Array, most = mostPoints): MeanSteps {
  const width = Math.max(1, Math.ceil(losses.length / most));
  const values = Array.from({ length: Math.ceil(losses.length / width) }, (_, index) => {
    const part = losses.subarray(index * width, (index + 1) * width);
    return part.reduce((sum, loss) => sum + loss, 0) / part.length;
  });
  return { width, values };
}

export interface CurveTrainingProps {
  readonly frame: Frame;
  readonly losses: Float32Array;
  /** Steps of the whole training. */
  readonly steps: number;
}

/** A panel of a drawing. */
export function CurveTraining({ frame, losses, steps }: CurveTrainingProps) {
  const { width, values } = meanSteps(losses);
  const { low, high } = extentOf(values) ?? { low: 0.1, high: 1 };
  const x = linearAxis(0, Math.max(1, steps), horizontal(frame), 6);
  const isWide = low > 0 && high / low > 20;
  const y = isWide
    ? logAxis(low / 1.2, high * 1.2, vertical(frame), 4)
    : linearAxis(0, high > 0 ? high * 1.06 : 1, vertical(frame), 4);
  const middle = (index: number) => (index + 0.5) * width;
  return (
    <PlotPanel
      frame={frame}
      x={x}
      y={y}
      title={`Training loss at a point of the curve, ${width === 1 ? "a step each" : `mean of ${width} steps`}`}
      xLabel="step"
    >
      <path d={pathOf(values.map((value, index) => [x.place(middle(index)), y.place(value)]))} className="path-other" />
    </PlotPanel>
  );
}

/** A live line plot that fills its element: uPlot under React, rebuilt only when its look changes. */
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { formatTick } from "../kit/format.ts";
import { usePalette } from "../kit/use-palette.ts";

export interface CurveStyle {
  readonly ink: "quiet" | "ink" | "accent";
  /** A CSS colour in place of the ink, where lines stand for data. */
  readonly colour?: string;
  readonly width: number;
  readonly dash?: readonly number[];
  readonly opacity?: number;
  readonly points?: boolean;
}

export interface CurvePlotProps {
  readonly columns: uPlot.AlignedData;
  readonly styles: readonly CurveStyle[];
  readonly log?: boolean;
  /** Fixed limits of the values. */
  readonly range?: readonly [number, number];
  /** The last step of the run: the axis stands still while the curve grows. */
  readonly lastStep: number;
  /** What the plot shows, for those who do not see it. */
  readonly label: string;
  readonly className: string;
  /** A step to be marked by a line from top to bottom. */
  readonly markedStep?: number | null;
  /** A plot out of sight is kept, since its canvas takes time to make, but not drawn. */
  readonly visible: boolean;
}

export function CurvePlot({
  columns,
  styles,
  log = false,
  range,
  lastStep,
  label,
  className,
  markedStep = null,
  visible,
}: CurvePlotProps) {
  const palette = usePalette();
  const { ref: sizeRef, width, height } = useElementSize<HTMLDivElement>();
  const frame = useRef<HTMLDivElement>(null);
  const ref = useMergedRef(sizeRef, frame);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(columns);
  latest.current = columns;
  const size = useRef({ width, height });
  size.current = { width, height };
  const marked = useRef(markedStep);
  marked.current = markedStep;
  const hasRoom = width > 0 && height > 0;

  useEffect(() => {
    const element = frame.current;
    if (!element || !hasRoom) return;
    const inks = { quiet: palette.quiet, ink: palette.inkLine, accent: palette.accent };
    const axis = {
      stroke: palette.quiet,
      font: `11px ${getComputedStyle(document.body).fontFamily}`,
      grid: { stroke: palette.gridLine, width: 0.5 },
      ticks: { stroke: palette.gridLine, width: 0.5, size: 4 },
      gap: 3,
    };
    const built = new uPlot(
      {
        ...size.current,
        padding: [6, 14, 0, 0],
        cursor: { show: false },
        legend: { show: false },
        scales: {
          x: { time: false, range: [0, Math.max(1, lastStep)] },
          y: { distr: log ? 3 : 1, ...(range ? { range: [...range] } : {}) },
        },
        axes: [
          { ...axis, size: 24 },
          { ...axis, size: 46, values: (_plot, ticks) => ticks.map((tick) => (tick === null ? "" : formatTick(tick))) },
        ],
        hooks: { draw: [(drawn) => drawMark(drawn, marked.current, palette.accent)] },
        series: [
          {},
          ...styles.map(({ ink, colour, width: lineWidth, dash, opacity = 1, points = false }) => ({
            stroke: colour ?? inks[ink],
            width: lineWidth,
            alpha: opacity,
            spanGaps: true,
            ...(dash ? { dash: [...dash] } : {}),
            points: { show: points, size: 4, fill: colour ?? inks[ink] },
          })),
        ],
      },
      latest.current,
      element,
    );
    plot.current = built;
    return () => {
      plot.current = null;
      built.destroy();
    };
  }, [hasRoom, log, range, lastStep, palette, styles]);
  useEffect(() => {
    const shown = plot.current;
    if (shown && (shown.width !== width || shown.height !== height)) shown.setSize({ width, height });
  }, [width, height]);
  useEffect(() => {
    if (visible) plot.current?.setData(columns);
  }, [columns, visible]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the plot reads the step when it draws
  useEffect(() => {
    if (visible) plot.current?.redraw(false);
  }, [markedStep, visible]);
  return <div ref={ref} className={className} role="img" aria-label={label} />;
}

function drawMark({ ctx, bbox, valToPos }: uPlot, step: number | null, colour: string): void {
  if (step === null) return;
  const x = Math.round(valToPos(step, "x", true)) + 0.5;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = Math.max(1, devicePixelRatio);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

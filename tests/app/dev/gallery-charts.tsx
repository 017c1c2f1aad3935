/** Plots and figures: with values, with none, and while there are none yet. */
import { linearAxis, logAxis } from "../../../src/app/chart/axis.ts";
import { CurvePlot } from "../../../src/app/chart/curve-plot.tsx";
import { EmptyPlate, FigurePlate } from "../../../src/app/chart/figure-plate.tsx";
import { type Frame, horizontal, PlotPanel, vertical } from "../../../src/app/chart/plot-panel.tsx";
import { measurementViews } from "../../../src/app/spectrum/measurements/list.ts";

const steps = Array.from({ length: 200 }, (_, step) => step);
const losses = steps.map((step) => 2.3 * Math.exp(-step / 60) + 0.05 * Math.sin(step));

const table = () => ({
  columns: [
    { key: "step", title: "Step" },
    { key: "loss", title: "Loss" },
  ],
  rows: steps.filter((step) => step % 20 === 0).map((step) => [step, losses[step]] as const),
});

export function ChartStates() {
  return (
    <div style={{ minWidth: 0 }}>
      {[true, false].map((log) => (
        <FigurePlate
          key={String(log)}
          title={log ? "A logarithmic plot" : "A linear plot"}
          name="example"
          caption={{ title: "Loss of an example.", text: "Two hundred steps of nothing in particular." }}
          summary="The loss falls from 2.3 to 0.1."
          table={table}
        >
          {(width) => <Curve width={width} log={log} />}
        </FigurePlate>
      ))}
      <div style={{ display: "grid", height: 180 }}>
        <CurvePlot
          columns={[steps, losses]}
          styles={[{ ink: "accent", width: 1.5 }]}
          lastStep={300}
          label="A curve that grows"
          className="curves-plot"
          markedStep={120}
          visible
        />
      </div>
      {Object.values(measurementViews).map(
        ({ invitation }) =>
          invitation && (
            <EmptyPlate key={invitation.title} title={invitation.title} sketch={invitation.sketch}>
              {invitation.text}
            </EmptyPlate>
          ),
      )}
    </div>
  );
}

function Curve({ width, log }: { readonly width: number; readonly log: boolean }) {
  const frame: Frame = { left: 56, top: 12, width: width - 72, height: 180 };
  const x = linearAxis(0, 200, horizontal(frame), 6);
  const y = log ? logAxis(0.01, 3, vertical(frame), 5) : linearAxis(0, 2.5, vertical(frame), 5);
  const points = steps.map((step) => `${x.place(step)},${y.place(losses[step])}`).join(" ");
  return (
    <svg width={width} height={240} role="img" aria-label="Loss over steps">
      <PlotPanel frame={frame} x={x} y={y} xLabel="step" yLabel="loss">
        <polyline points={points} fill="none" stroke="var(--accent)" strokeWidth={1.5} />
      </PlotPanel>
    </svg>
  );
}

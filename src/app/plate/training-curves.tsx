/** The run's curves: compact in the panel; over the whole plate, with accuracy below, while there is no surface. */
import { Slider, Switch } from "@mantine/core";
import { type CSSProperties, memo, useMemo } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { modelTitle } from "../../architectures/specs.ts";
import { lossNameOf } from "../../experiment/spec.ts";
import { CurvePlot, type CurveStyle } from "../chart/curve-plot.tsx";
import { useLandscape } from "../context/landscape.ts";
import { useSession } from "../context/session.ts";
import { lossUnits } from "../figure/metric.ts";
import { Field } from "../kit/field.tsx";
import { formatPercent, formatValue } from "../kit/format.ts";
import { pointShown } from "../stores/trajectory/replay-store.ts";
import { accuracyColumns, lossColumns } from "./curve-data.ts";
import "../styles/curves.css";

const lossStyles: readonly CurveStyle[] = [
  { ink: "quiet", width: 0.5, opacity: 0.7 },
  { ink: "quiet", width: 1.5 },
  { ink: "ink", width: 1.75, points: true },
  { ink: "accent", width: 1.75, dash: [5, 3], points: true },
];
const accuracyStyles = lossStyles.slice(2);
const accuracyRange = [0, 1] as const;

export function PanelCurves() {
  const { training, preferences } = useSession();
  const { smoothing } = useStore(preferences);
  const length = useStore(training, (state) => state.losses.length);
  return (
    <div className="curves">
      <CurvesHead />
      <div className="curves-stack">
        <LossPlot className="curves-plot" visible={length > 0} />
        {length === 0 && <p className="curves-plot curves-empty">Losses are drawn here, step by step.</p>}
      </div>
      <Field label="Smoothing" columns="auto 1fr">
        <Slider
          thumbLabel="Smoothing of the curves"
          min={0}
          max={0.98}
          step={0.02}
          value={smoothing}
          label={(value) => value.toFixed(2)}
          onChange={(value) => preferences.getState().set({ smoothing: value })}
        />
      </Field>
    </div>
  );
}

export const PlateCurves = memo(function PlateCurves({ visible }: { readonly visible: boolean }) {
  const { training } = useSession();
  const { spec, epochs, steps } = useStore(
    training,
    useShallow((state) => ({ spec: state.spec, epochs: state.epochs, steps: state.steps })),
  );
  const markedStep = useReplayedStep();
  const accuracies = useMemo(() => accuracyColumns(epochs), [epochs]);
  const last = epochs.at(-1);
  return (
    <div className="plate-curves" style={{ visibility: visible ? "visible" : "hidden" }}>
      <h2 className="figure-title">{spec ? modelTitle(spec.model) : ""}</h2>
      <p className="figure-subtitle">
        Loss against optimiser steps, {lossUnits[spec ? lossNameOf(spec) : "cross-entropy"]}
      </p>
      <CurvesHead />
      <LossPlot className="plate-curve plate-curve-loss" visible={visible} />
      <p className="figure-subtitle">Accuracy after every epoch</p>
      <CurvePlot
        columns={accuracies}
        styles={accuracyStyles}
        range={accuracyRange}
        lastStep={Math.max(steps, last?.step ?? 0)}
        className="plate-curve"
        markedStep={markedStep}
        visible={visible}
        label={
          last
            ? `Accuracy after epoch ${last.epoch}: training ${formatPercent(last.trainAccuracy)}, test ${formatPercent(last.testAccuracy)}.`
            : "Accuracy: no epoch has ended yet."
        }
      />
    </div>
  );
});

function LossPlot({ className, visible }: { readonly className: string; readonly visible: boolean }) {
  const { training, preferences } = useSession();
  const { smoothing, curveLog } = useStore(preferences);
  const { losses, epochs, steps, progress, status } = useStore(training);
  // biome-ignore lint/correctness/useExhaustiveDependencies: progress and status stand for the record's changes
  const columns = useMemo(() => lossColumns(losses, epochs, smoothing), [losses, epochs, smoothing, progress, status]);
  const markedStep = useReplayedStep();
  const last = losses.length > 0 ? losses.values[losses.length - 1] : Number.NaN;
  return (
    <CurvePlot
      columns={columns}
      styles={lossStyles}
      log={curveLog}
      lastStep={Math.max(steps, losses.length)}
      className={className}
      markedStep={markedStep}
      visible={visible}
      label={`Loss against optimiser steps. ${
        Number.isFinite(last)
          ? `Last batch loss ${formatValue(last, 3)} at step ${losses.length}.`
          : "Nothing trained yet."
      }`}
    />
  );
}

/** The step that the replay shows, if it is of this very run. */
function useReplayedStep(): number | null {
  const { training, trajectory } = useSession();
  const { replay } = useLandscape();
  const point = useStore(replay, pointShown);
  const runId = useStore(training, (state) => state.runId);
  const { path, plane } = useStore(trajectory);
  const isOfRun = plane?.source.checkpoint?.runId === runId;
  return point !== null && path && isOfRun ? (path.step[point] ?? null) : null;
}

function CurvesHead() {
  const { preferences } = useSession();
  const log = useStore(preferences, (state) => state.curveLog);
  return (
    <div className="curves-head">
      <Key colour="var(--ink-quiet)" name="batch" />
      <Key colour="var(--ink)" name="training" />
      <Key colour="var(--accent)" name="test" dashed />
      <Switch
        ml="auto"
        label="log"
        aria-label="Log axis of the loss"
        checked={log}
        onChange={(event) => preferences.getState().set({ curveLog: event.currentTarget.checked })}
      />
    </div>
  );
}

interface KeyProps {
  readonly colour: string;
  readonly name: string;
  readonly dashed?: boolean;
}

function Key({ colour, name, dashed = false }: KeyProps) {
  return (
    <span className={dashed ? "key key-dashed" : "key"} style={{ "--key-colour": colour } as CSSProperties}>
      {name}
    </span>
  );
}

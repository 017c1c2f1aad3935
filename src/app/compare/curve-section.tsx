/** A curve of low loss trained between two of the runs, beside the straight line, and the surface in its plane. */
import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import type { CurveRequest } from "../../experiment/comparison.ts";
import { EmptyPlate, FigurePlate } from "../chart/figure-plate.tsx";
import { useCompare } from "../context/compare.ts";
import { Alert } from "../kit/alert.tsx";
import { faultWords } from "../kit/fault-store.ts";
import { useFaults } from "../kit/field-faults.tsx";
import { formatCount, formatDuration } from "../kit/format.ts";
import { Meter } from "../kit/meter.tsx";
import { notifyFailure } from "../kit/notify.ts";
import { CurveFields } from "./curve-fields.tsx";
import { CurvePlane } from "./curve-plane.tsx";
import { type CurveProgress, curveProgress } from "./curve-progress.ts";
import { CurveTraining } from "./curve-training.tsx";
import { curveCaption, curveSummary } from "./curve-words.ts";
import { nameOfRun, usePairChoice } from "./pair-choice.tsx";
import { PathDrawing } from "./path-drawing.tsx";
import { drawnCurve, drawnLine, pathTable } from "./path-series.ts";
import type { Pane } from "./use-panes.ts";

const trainingHeight = 130;

export function CurveSection({ panes }: { readonly panes: readonly Pane[] }) {
  const compare = useCompare();
  const training = useStore(compare.curve.training);
  const chord = useStore(compare.curve.chord);
  const { choice, controls } = usePairChoice(panes, "the curve");
  const { from, to, points, batchNorm } = choice;
  const [fault] = useFaults("curve");
  const refusal = choice.refusal ?? (fault ? faultWords(fault) : null);
  const [wanted, setWanted] = useState<Partial<CurveRequest>>({});
  const usual = from?.source.spec.training;
  const request: CurveRequest = {
    kind: "bezier",
    controls: 1,
    epochs: usual?.epochs ?? 1,
    learningRate: usual?.learningRate ?? 0.01,
    seed: 0,
    ...wanted,
  };
  const { subject, result: curve, events } = training;
  const drawn = { straight: drawnLine(chord.events, chord.result).raw, other: drawnCurve(events, curve) };
  const losses = useMemo(
    () => curve?.batchLosses ?? joined(events.flatMap((event) => (event.kind === "steps" ? [event.batchLosses] : []))),
    [events, curve],
  );
  const steps = events.find(({ kind }) => kind === "steps");
  const progress = curveProgress(training, chord);
  const train = (start: readonly Float32Array[] | null, epochs: number) => {
    if (!from || !to) return;
    compare.curve
      .train({ from, to, points, batchNorm, request: { ...request, epochs }, start })
      .catch(notifyFailure("The curve could not be trained"));
  };
  const isOfThese = subject !== null && subject.from === from && subject.to === to;
  const isOfThisKind = subject?.request.kind === request.kind && subject.request.controls === request.controls;
  const kept = isOfThese && isOfThisKind && curve?.status === "cancelled" ? curve.controls : null;
  const actions = (
    <div className="compare-controls curve-controls">
      {controls}
      <CurveFields request={request} onChange={(change) => setWanted({ ...wanted, ...change })} />
      {progress ? (
        <Button variant="default" onClick={() => compare.curve.cancel()}>
          Cancel
        </Button>
      ) : (
        <>
          {kept && (
            <>
              <Button variant="default" onClick={() => train(kept, 0)}>
                Measure as it is
              </Button>
              <Button variant="default" disabled={refusal !== null} onClick={() => train(kept, request.epochs)}>
                Train on
              </Button>
            </>
          )}
          <Button variant="default" disabled={refusal !== null} onClick={() => train(null, request.epochs)}>
            {kept ? "Train anew" : "Train curve"}
          </Button>
        </>
      )}
    </div>
  );
  const failures = [training, chord].map(
    ({ status, message }) => status === "failed" && <Alert title="The curve stopped with an error">{message}</Alert>,
  );
  if (!subject || (losses.length === 0 && drawn.other.series.t.length === 0))
    return (
      <EmptyPlate title="Connecting curve">
        <p>
          {progress
            ? "The curve is being prepared; its losses are drawn as it is trained."
            : `A curve of low loss trained between two minima, beside the straight line: are they connected?${
                refusal ? ` ${refusal}` : ""
              }`}
        </p>
        {actions}
        {failures}
      </EmptyPlate>
    );
  return (
    <>
      <FigurePlate
        title="Connecting curve"
        name="connecting-curve"
        caption={curveCaption(subject, [nameOfRun(panes, subject.from), nameOfRun(panes, subject.to)], curve)}
        summary={curveSummary(curve, chord.result)}
        table={() =>
          pathTable([
            { key: "curve", title: "Curve", series: drawn.other.series },
            { key: "straight", title: "Straight line", series: drawn.straight.series },
          ])
        }
        controls={actions}
      >
        {(width) => (
          <>
            {progress && <Progress {...progress} />}
            <PathDrawing
              label="Loss and accuracy along the curve between two runs"
              xLabel="t, from the first run to the second"
              width={width}
              {...drawn}
              {...(losses.length > 0 && {
                below: {
                  height: trainingHeight,
                  draw: (frame) => (
                    <CurveTraining
                      frame={frame}
                      losses={losses}
                      steps={curve ? losses.length : steps?.kind === "steps" ? steps.steps : losses.length}
                    />
                  ),
                },
              })}
            />
          </>
        )}
      </FigurePlate>
      {failures}
      {refusal && <p className="compare-note">{refusal}</p>}
      {curve && <CurvePlane panes={panes} curve={curve} subject={subject} />}
    </>
  );
}

function Progress({ phase, done, total, secondsLeft }: CurveProgress) {
  const share = total > 0 ? done / total : 0;
  return (
    <div className="curve-progress">
      <p className="compare-note" role="status">
        {phase === "waiting" ? "Waiting for the worker." : `${phase[0].toUpperCase()}${phase.slice(1)}: `}
        {phase === "waiting"
          ? ""
          : `${formatCount(done)} of ${formatCount(total)} ${phase === "training" ? "steps" : "points"}${
              Number.isFinite(secondsLeft) ? `, ${formatDuration(secondsLeft)} left` : ""
            }.`}
      </p>
      <Meter label="Curve" fraction={share} />
    </div>
  );
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

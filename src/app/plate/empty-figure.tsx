/** What stands on the plate before anything is measured: the one step that leads on. */
import { Button } from "@mantine/core";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { modelTitle } from "../../architectures/specs.ts";
import { useLandscape } from "../context/landscape.ts";
import { useSession } from "../context/session.ts";
import { useSpecProblems } from "../context/use-spec-problems.ts";
import { Actions } from "../kit/actions.tsx";
import { aboutDuration, formatDuration, formatValue } from "../kit/format.ts";
import { notifyFailure } from "../kit/notify.ts";
import { describeCheckpoint } from "../stores/current-weights.ts";
import { isSweeping } from "../stores/sweep/sweep-store.ts";
import { isBusy } from "../stores/training-store.ts";

export function EmptyFigure() {
  const { training, settings, sweep, cost, preferences } = useSession();
  const { measureNow } = useLandscape();
  const spec = useStore(settings, (state) => state.current.spec);
  const { status, checkpoint, origin } = useStore(
    training,
    useShallow((state) => ({ status: state.status, checkpoint: state.checkpoint, origin: state.origin })),
  );
  const estimate = useStore(cost, (state) => state.training);
  const follows = useStore(preferences, (state) => state.surfaceWhenTrained);
  const faulty = useSpecProblems().length > 0;
  const isSweepRunning = useStore(sweep, isSweeping);
  const measure = () => measureNow().catch(notifyFailure("The surface could not be measured"));
  if (isBusy(status)) {
    return (
      <div className="figure-empty">
        <h2>{status === "paused" ? "Training is paused" : "Training"}</h2>
        <p>
          <TrainingLine />
          {follows ? " The surface is measured as soon as it ends." : ""}
        </p>
        <Button variant="default" onClick={() => void measure()}>
          Stop here and measure the surface
        </Button>
      </div>
    );
  }
  const measureButton = (variant: "filled" | "default", label: string) => (
    <Button variant={variant} disabled={faulty} onClick={() => void measure()}>
      {label}
    </Button>
  );
  if (checkpoint) {
    const resumable = status === "stopped" || status === "failed";
    return (
      <div className="figure-empty">
        <h2>
          {origin && checkpoint.step === 0 ? "Weights" : resumable ? "Training stopped" : "Trained"}{" "}
          {describeCheckpoint(checkpoint, origin)}
        </h2>
        <p>
          {resumable
            ? "Its state is kept in this browser: resume it exactly there, or measure the surface around it."
            : "Measure the loss on a plane through the trained weights."}
        </p>
        <Actions spread="centred">
          {resumable && (
            <Button disabled={isSweepRunning} onClick={() => training.getState().resume()}>
              Resume training
            </Button>
          )}
          {measureButton(resumable ? "default" : "filled", "Measure surface")}
        </Actions>
      </div>
    );
  }
  return (
    <div className="figure-empty">
      <h2>No surface yet</h2>
      <p>
        Train {modelTitle(spec.model)}
        {estimate?.seconds ? `, ${aboutDuration(estimate.seconds)} on this device` : ""}
        {follows ? "; its loss surface is measured right after." : "."}
      </p>
      <Actions spread="centred">
        <Button disabled={faulty || isSweepRunning} onClick={() => training.getState().start(spec)}>
          Train
        </Button>
        {measureButton("default", "Measure at initialisation")}
      </Actions>
    </div>
  );
}

function TrainingLine() {
  const { training } = useSession();
  const { status, progress, steps, losses } = useStore(training);
  if (!progress) return "Preparing.";
  const loss = losses.length > 0 ? `, batch loss ${formatValue(losses.values[losses.length - 1], 3)}` : "";
  const left = status === "running" ? `, ${formatDuration(progress.etaSeconds)} left` : "";
  return `Step ${progress.step} of ${steps}${loss}${left}.`;
}

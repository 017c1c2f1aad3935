/** Training: start, pause, step, stop, resume; cost before, speed during, what went wrong after. */
import { Button, Switch, Tooltip } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconPlayerSkipForward, IconPlayerStop } from "@tabler/icons-react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { useSession } from "../context/session.ts";
import { useSpecProblems } from "../context/use-spec-problems.ts";
import { Actions } from "../kit/actions.tsx";
import { Alert } from "../kit/alert.tsx";
import { Figures } from "../kit/figures.tsx";
import {
  aboutDuration,
  formatBytes,
  formatCount,
  formatDuration,
  formatFlop,
  formatPercent,
  formatValue,
} from "../kit/format.ts";
import { InlineAction } from "../kit/inline-action.tsx";
import { Meter } from "../kit/meter.tsx";
import { Note } from "../kit/note.tsx";
import { ProblemList } from "../kit/problem-list.tsx";
import { Section } from "../kit/section.tsx";
import { PanelCurves } from "../plate/training-curves.tsx";
import { describeCheckpoint } from "../stores/current-weights.ts";
import { isSweeping } from "../stores/sweep/sweep-store.ts";
import { isElsewhere } from "../stores/sweep/training-place.ts";
import { isBusy, type TrainingStatus } from "../stores/training-store.ts";
import { ElsewhereNote } from "./elsewhere-note.tsx";
import { RunMenu } from "./run-menu.tsx";
import { SweepNote } from "./sweep-note.tsx";
import { TrainingOutcome } from "./training-outcome.tsx";

const statusNames: Readonly<Record<TrainingStatus, string>> = {
  idle: "",
  starting: "preparing",
  running: "training",
  paused: "paused",
  stopping: "stopping",
  stopped: "stopped",
  complete: "complete",
  "non-finite": "loss not finite",
  failed: "failed",
};

export function TrainingSection() {
  const { training, preferences } = useSession();
  const status = useStore(training, (state) => state.status);
  const follows = useStore(preferences, (state) => state.surfaceWhenTrained);
  return (
    <Section title="Training" aside={statusNames[status]} menu={<RunMenu />}>
      <TrainingActions />
      <CostLine />
      <SweepNote />
      <ElsewhereNote />
      <FallbackNote />
      <Troubles />
      <TrainingOutcome />
      <TrainingValues />
      <PanelCurves />
      <Switch
        mt={10}
        label="Measure the surface when training ends"
        checked={follows}
        onChange={(event) => preferences.getState().set({ surfaceWhenTrained: event.currentTarget.checked })}
      />
    </Section>
  );
}

function TrainingActions() {
  const { training, settings, sweep, locks } = useSession();
  const spec = useStore(settings, (state) => state.current.spec);
  const { status, checkpoint, origin, steps, runId } = useStore(
    training,
    useShallow((state) => ({
      status: state.status,
      checkpoint: state.checkpoint,
      origin: state.origin,
      steps: state.steps,
      runId: state.runId,
    })),
  );
  const { start, pause, unpause, step, stop, resume } = training.getState();
  const faulty = useSpecProblems().length > 0;
  const isSweepRunning = useStore(sweep, isSweeping);
  const isTrainedElsewhere = useStore(locks.elsewhere, (state) => runId !== null && isElsewhere(state, runId));
  if (isBusy(status)) {
    const paused = status === "paused";
    const waiting = status === "starting" || status === "stopping";
    return (
      <Actions>
        <Button
          variant={paused ? "filled" : "default"}
          disabled={waiting}
          leftSection={paused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
          onClick={paused ? unpause : pause}
        >
          {paused ? "Resume" : "Pause"}
        </Button>
        <Tooltip label="One optimiser step">
          <Button variant="default" disabled={!paused} leftSection={<IconPlayerSkipForward size={14} />} onClick={step}>
            Step
          </Button>
        </Tooltip>
        <Button
          variant="default"
          disabled={status === "stopping"}
          leftSection={<IconPlayerStop size={14} />}
          onClick={() => void stop()}
        >
          Stop
        </Button>
      </Actions>
    );
  }
  const canResume = checkpoint !== null && (status === "stopped" || status === "failed");
  const done = checkpoint && steps > 0 ? checkpoint.step >= steps : false;
  return (
    <Actions>
      {canResume && !done && (
        <Button
          disabled={isSweepRunning || isTrainedElsewhere}
          onClick={resume}
          leftSection={<IconPlayerPlay size={14} />}
        >
          {origin && checkpoint.step === 0 ? "Train from these" : `Resume ${describeCheckpoint(checkpoint, origin)}`}
        </Button>
      )}
      <Button
        variant={canResume && !done ? "default" : "filled"}
        leftSection={canResume && !done ? null : <IconPlayerPlay size={14} />}
        disabled={faulty || isSweepRunning}
        onClick={() => start(spec)}
      >
        {status === "idle" ? "Train" : canResume ? "Start anew" : "Train again"}
      </Button>
    </Actions>
  );
}

function CostLine() {
  const { cost, training, settings, sweep } = useSession();
  const spec = useStore(settings, (state) => state.current.spec);
  const estimate = useStore(cost);
  const status = useStore(training, (state) => state.status);
  const problems = useSpecProblems();
  const isSweepRunning = useStore(sweep, isSweeping);
  if (isBusy(status)) return null;
  if (isSweepRunning) return null;
  if (problems.length > 0) {
    return (
      <Alert title="This experiment cannot run yet">
        <ProblemList problems={problems.map(({ what, remedy }) => `${what} ${remedy}`)} />
      </Alert>
    );
  }
  if (estimate.message) return <Alert title="This experiment cannot run">{estimate.message}</Alert>;
  const current = estimate.spec === spec ? estimate.training : null;
  return (
    <Note keepsLine>
      {current
        ? `≈ ${formatFlop(current.totalFlop)}, ${formatBytes(current.memoryBytes)}${
            current.seconds === undefined ? "" : `, ${aboutDuration(current.seconds)} on this device`
          }; ${formatCount(current.parameters)} parameters`
        : "Estimating the cost …"}
    </Note>
  );
}

/** A note that everything works without a graphics processor, only slower, with the way to more. */
function FallbackNote() {
  const { device, preferences } = useSession();
  const report = useStore(device, (state) => state.report);
  if (report?.reason?.kind !== "unavailable" && report?.reason?.kind !== "software") return null;
  return (
    <Note>
      {report.reason.kind === "software" ? "No graphics processor" : "No WebGPU"} here: the work runs on the processor.{" "}
      <InlineAction onClick={() => preferences.getState().set({ page: "device" })}>Why, and how to get it</InlineAction>
    </Note>
  );
}

function Troubles() {
  const { training } = useSession();
  const { status, message, checkpoint, origin } = useStore(
    training,
    useShallow((state) => ({
      status: state.status,
      message: state.message,
      checkpoint: state.checkpoint,
      origin: state.origin,
    })),
  );
  if (status === "failed") {
    return (
      <Alert title="Training stopped with an error">
        {message}
        {checkpoint
          ? ` Nothing is lost up to ${describeCheckpoint(checkpoint, origin).replace("after ", "")}: resume from there.`
          : ""}
      </Alert>
    );
  }
  if (status === "non-finite") {
    return (
      <Alert title="The loss is no longer finite">
        {message}
        {checkpoint ? ` Measure the surface there, or train again with other settings.` : ""}
      </Alert>
    );
  }
  return null;
}

function TrainingValues() {
  const { training } = useSession();
  const { status, progress, steps, epochs } = useStore(training);
  if (status === "idle") return null;
  const last = epochs.at(-1);
  const busy = isBusy(status);
  const fraction = progress && steps > 0 ? progress.step / steps : status === "complete" ? 1 : 0;
  const dash = "–";
  return (
    <>
      <Meter label="Training progress" fraction={fraction} />
      <Figures>
        <Entry name="Training loss" value={last ? formatValue(last.trainLoss, 3) : dash} />
        <Entry name="Training accuracy" value={last ? formatPercent(last.trainAccuracy) : dash} />
        <Entry name="Test accuracy" value={last ? formatPercent(last.testAccuracy) : dash} />
        <Entry name="Images/s" value={progress ? formatCount(progress.imagesPerSecond) : dash} />
        <Entry name="GFLOP/s" value={progress ? formatValue(progress.gflopPerSecond, 3) : dash} />
        <Entry name="Memory" value={progress ? formatBytes(progress.memoryBytes) : dash} />
        <Entry name="Step" value={progress ? `${progress.step}/${steps}` : dash} />
        <Entry
          name={busy ? "Time left" : "Time"}
          value={
            busy
              ? progress
                ? formatDuration(progress.etaSeconds)
                : dash
              : last
                ? formatDuration(last.elapsedMs / 1000)
                : dash
          }
        />
        <Entry name="Learning rate" value={progress ? formatValue(progress.learningRate, 2) : dash} />
      </Figures>
    </>
  );
}

function Entry({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div style={{ minWidth: 0 }}>
      <dt>{name}</dt>
      <dd style={{ overflow: "hidden", textOverflow: "ellipsis" }} title={value}>
        {value}
      </dd>
    </div>
  );
}

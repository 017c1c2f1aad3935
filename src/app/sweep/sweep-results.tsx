/** A sweep under way or done: how far it is, its losses, and a row for each run. */
import { Button } from "@mantine/core";
import { IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { useSession } from "../context/session.ts";
import { Actions } from "../kit/actions.tsx";
import { Alert } from "../kit/alert.tsx";
import { formatDuration } from "../kit/format.ts";
import { Meter } from "../kit/meter.tsx";
import { Note } from "../kit/note.tsx";
import { notifyFailure } from "../kit/notify.ts";
import { canRetry, sweepProgress } from "../stores/sweep/item.ts";
import { isSweeping } from "../stores/sweep/sweep-store.ts";
import { isBusy } from "../stores/training-store.ts";
import { RunTable } from "./run-table.tsx";
import { SweepCurves } from "./sweep-curves.tsx";

const whenStopped = notifyFailure("The sweep stopped");

export function SweepResults() {
  const { sweep } = useSession();
  const { name, message } = useStore(
    sweep,
    useShallow((state) => ({ name: state.sweep?.name ?? "", message: state.message })),
  );
  return (
    <>
      <p className="sweep-name">{name}</p>
      <SweepActions />
      {message && <Alert title="The sweep does not go on">{message}</Alert>}
      <SweepMeter />
      <SweepCurves />
      <RunTable />
    </>
  );
}

function SweepActions() {
  const { sweep, training } = useSession();
  const { status, retryable } = useStore(
    sweep,
    useShallow((state) => ({ status: state.status, retryable: state.items.filter(canRetry).length })),
  );
  const isTaken = useStore(training, (state) => isBusy(state.status));
  const { cancel, resume, retryAll, discard } = sweep.getState();
  if (isSweeping({ status })) {
    const isStopping = status === "stopping";
    return (
      <Actions>
        <Button variant="default" disabled={isStopping} leftSection={<IconPlayerStop size={14} />} onClick={cancel}>
          {isStopping ? "Cancelling …" : "Cancel all"}
        </Button>
      </Actions>
    );
  }
  if (status === "elsewhere")
    return <Note>Another tab of this browser trains it. Wait for its end, or cancel it there.</Note>;
  const goOn = status === "interrupted" ? resume : retryAll;
  const goOnLabel = status === "interrupted" ? "Go on" : `Try ${retryable} ${retryable === 1 ? "run" : "runs"} again`;
  const canGoOn = status === "interrupted" || retryable > 0;
  return (
    <>
      <Actions>
        {canGoOn && (
          <Button
            disabled={isTaken}
            leftSection={<IconPlayerPlay size={14} />}
            onClick={() => void goOn().catch(whenStopped)}
          >
            {goOnLabel}
          </Button>
        )}
        <Button variant="default" onClick={discard}>
          New sweep
        </Button>
      </Actions>
      {canGoOn && isTaken && (
        <Note>A single run is under way. Wait for its end, or stop it on the Landscape page.</Note>
      )}
      {status === "interrupted" && (
        <Note>It was cut off. What is done stays; the rest goes on from the last checkpoint.</Note>
      )}
    </>
  );
}

function SweepMeter() {
  const { sweep: queue } = useSession();
  const items = useStore(queue, (state) => state.items);
  const isRunning = useStore(queue, isSweeping);
  const { ended, count, fraction, etaSeconds } = sweepProgress(items);
  return (
    <>
      <Meter label="Progress of the sweep" fraction={fraction} />
      <div className="sweep-count">
        <span role="status">
          {ended} of {count} {count === 1 ? "run" : "runs"} ended
        </span>
        {isRunning && etaSeconds !== null && <span>{formatDuration(etaSeconds)} left</span>}
      </div>
    </>
  );
}

/** Start and cancel of one measurement, how far it is, and why it failed. */
import { Button } from "@mantine/core";
import { Actions } from "../../kit/actions.tsx";
import { Alert } from "../../kit/alert.tsx";
import { formatDuration } from "../../kit/format.ts";
import { Meter } from "../../kit/meter.tsx";
import { Note } from "../../kit/note.tsx";
import type { JobStatus } from "../../stores/job-status.ts";
import { isUnderWay } from "../../stores/job-status.ts";
import type { StreamedName } from "../../stores/measurements/list.ts";
import { useAction } from "../use-action.ts";

export const statusNames: Readonly<Record<JobStatus, string>> = {
  idle: "",
  queued: "waiting for the worker",
  running: "running",
  complete: "complete",
  cancelled: "partial",
  failed: "failed",
};

export interface MeasureActionsProps {
  readonly id: StreamedName;
  readonly isPrimary?: boolean;
  /** Part done, 0 to 1. */
  readonly fraction: number;
  /** Below the bar: how far it is, or what it would cost. */
  readonly note: string;
}

export function MeasureActions({ id, isPrimary = false, fraction, note }: MeasureActionsProps) {
  const { label, status, message, problem, isDisabled, start, cancel } = useAction(id);
  return (
    <>
      <Actions>
        {isUnderWay(status) ? (
          <Button variant="default" onClick={cancel}>
            Cancel, keep what is found
          </Button>
        ) : (
          <Button variant={isPrimary ? "filled" : "default"} disabled={isDisabled} onClick={start}>
            {label}
          </Button>
        )}
      </Actions>
      <Meter label={`${label}: progress`} fraction={fraction} />
      <Note keepsLine>{isUnderWay(status) ? note : (problem ?? note)}</Note>
      {status === "failed" && <Alert title="This stopped with an error">{message}</Alert>}
    </>
  );
}

/** ", 40 s left" by the pace so far; "" before there is one. */
export function timeLeft(done: number, total: number, startedMs: number): string {
  if (done === 0 || done >= total) return "";
  const elapsed = (performance.now() - startedMs) / 1000;
  return `, ${formatDuration((elapsed / done) * (total - done))} left`;
}

/** The button on a figure: start where there is nothing yet, cancel while it is measured. */
import { Button } from "@mantine/core";
import { useStore } from "zustand";
import { useSession } from "../context/session.ts";
import { queueWords } from "../jobs/job-words.ts";
import { isSolving } from "../stores/spectrum/spectrum-store.ts";
import type { MeasurementId } from "./begin-measurement.ts";
import { useAction } from "./use-action.ts";

export function StartButton({ id }: { readonly id: MeasurementId }) {
  const { label, status, message, isDisabled, start, cancel } = useAction(id);
  if (isSolving(status)) {
    return (
      <>
        <p>{status === "queued" ? <QueueWords /> : "The first results are being computed."}</p>
        <Button variant="default" onClick={cancel}>
          Cancel
        </Button>
      </>
    );
  }
  return (
    <>
      {message && (
        <p>
          <b>It stopped with an error.</b> {message}
        </p>
      )}
      <Button variant="default" disabled={isDisabled} onClick={start}>
        {label}
      </Button>
    </>
  );
}

function QueueWords() {
  const jobs = useStore(useSession().jobs, (state) => state.jobs);
  return <>{queueWords(jobs)}</>;
}

/** Only while it goes on. */
export function CancelButton({ id }: { readonly id: MeasurementId }) {
  const { status, cancel } = useAction(id);
  return isSolving(status) ? (
    <Button variant="default" onClick={cancel}>
      Cancel, keep what is found
    </Button>
  ) : null;
}

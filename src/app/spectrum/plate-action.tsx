/** The button on a figure: start where there is nothing yet, cancel while it is measured. */
import { Button } from "@mantine/core";
import { useStore } from "zustand";
import { useSession } from "../context/session.ts";
import { queueWords } from "../jobs/job-words.ts";
import { isUnderWay } from "../stores/job-status.ts";
import type { StreamedName } from "../stores/measurements/list.ts";
import { useAction } from "./use-action.ts";

export function StartButton({ id }: { readonly id: StreamedName }) {
  const { label, status, message, isDisabled, start, cancel } = useAction(id);
  if (isUnderWay(status)) {
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
export function CancelButton({ id }: { readonly id: StreamedName }) {
  const { status, cancel } = useAction(id);
  return isUnderWay(status) ? (
    <Button variant="default" onClick={cancel}>
      Cancel, keep what is found
    </Button>
  ) : null;
}

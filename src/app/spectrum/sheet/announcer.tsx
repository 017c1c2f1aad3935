/** Says to a screen reader what has begun and what has ended; progress in between is for those who look for it. */
import { VisuallyHidden } from "@mantine/core";
import { useStore } from "zustand";
import { useSpectrum } from "../../context/spectrum.ts";
import type { JobStatus } from "../../stores/job-status.ts";
import { type MeasurementId, measurementIds, measurementName } from "../begin-measurement.ts";
import { useAction } from "../use-action.ts";
import { spectrumSummary } from "../words.ts";

const words: Readonly<Record<JobStatus, string>> = {
  idle: "",
  queued: "started",
  running: "started",
  complete: "complete",
  cancelled: "cancelled, what was found is kept",
  failed: "failed",
};

export function Announcer() {
  const { spectrum } = useSpectrum();
  const result = useStore(spectrum, (state) => state.result);
  return (
    <VisuallyHidden component="p" role="status">
      {measurementIds.map((id) => (
        <Announcement key={id} id={id} />
      ))}
      {result ? spectrumSummary(result) : ""}
    </VisuallyHidden>
  );
}

function Announcement({ id }: { readonly id: MeasurementId }) {
  const { status } = useAction(id);
  return status === "idle" ? null : `${measurementName(id)} ${words[status]}. `;
}

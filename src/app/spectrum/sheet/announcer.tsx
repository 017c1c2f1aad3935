/** Says to a screen reader what has begun and what has ended; progress in between is for those who look for it. */
import { VisuallyHidden } from "@mantine/core";
import { useStore } from "zustand";
import { useSpectrum } from "../../context/spectrum.ts";
import type { JobStatus } from "../../stores/job-status.ts";
import { type StreamedName, streamedMeasurements, streamedNames } from "../../stores/measurements/list.ts";
import { measurementViews } from "../measurements/list.ts";

const words: Readonly<Record<JobStatus, string>> = {
  idle: "",
  queued: "started",
  running: "started",
  complete: "complete",
  cancelled: "cancelled, what was found is kept",
  failed: "failed",
};

export const Announcer = () => (
  <VisuallyHidden component="p" role="status">
    {streamedNames.map((name) => (
      <Announcement key={name} name={name} />
    ))}
  </VisuallyHidden>
);

function Announcement<Name extends StreamedName>({ name }: { readonly name: Name }) {
  const { measurements } = useSpectrum();
  const status = useStore(measurements[name], (state) => state.status);
  const result = useStore(measurements[name], (state) => state.result);
  if (status === "idle") return null;
  const description = (result && measurementViews[name].describe?.(result)) ?? "";
  return `${streamedMeasurements[name].name} ${words[status]}. ${description} `;
}

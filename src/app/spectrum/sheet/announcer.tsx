/** Says to a screen reader what has begun and what has ended; progress in between is for those who look for it. */

import { useStore } from "zustand";
import { useSpectrum } from "../../context/spectrum.ts";
import type { JobStatus } from "../../stores/job-status.ts";
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
  const { spectrum, measurements } = useSpectrum();
  const pairs = useStore(spectrum, (state) => state.status);
  const result = useStore(spectrum, (state) => state.result);
  const density = useStore(measurements.density, (state) => state.status);
  const trace = useStore(measurements.trace, (state) => state.status);
  const layers = useStore(measurements.layers, (state) => state.status);
  const subsets = useStore(measurements.subsets, (state) => state.status);
  const named = { Eigenpairs: pairs, Density: density, Trace: trace, Layers: layers, Subsets: subsets };
  const sentences = Object.entries(named)
    .filter(([, status]) => status !== "idle")
    .map(([name, status]) => `${name} ${words[status]}.`);
  return (
    <p className="visually-hidden" role="status">
      {[...sentences, result ? spectrumSummary(result) : ""].join(" ")}
    </p>
  );
}

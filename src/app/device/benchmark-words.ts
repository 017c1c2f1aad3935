/** How long the benchmark takes: as it did, or as that engine usually does. */
import type { DeviceReport } from "../../jobs/device-jobs.ts";
import { aboutDuration } from "../kit/format.ts";

export function durationWords(report: DeviceReport | null, lastSeconds: number | null): string {
  if (lastSeconds !== null) return `It took ${aboutDuration(lastSeconds)} the last time.`;
  if (!report) return "";
  if (report.backend === "tfjs") return "It takes a few seconds.";
  if (report.backend === "reference") return "It takes a minute or more: the reference is not made for speed.";
  return report.adapter?.software === "yes"
    ? "It takes a minute or two, since the graphics adapter is software."
    : "It takes up to a minute, most of it compiling.";
}

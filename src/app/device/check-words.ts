/** The self-check in sentences: how long it takes, how far it is, what came out. */
import type { CheckRow, DeviceReport } from "../../jobs/device-jobs.ts";
import { aboutDuration } from "../kit/format.ts";
import type { RowTable } from "../stores/device-store.ts";

/** How far it is; before, how long it took the last time or what its time goes to on this engine. */
export function checkTimeWords(
  report: Pick<DeviceReport, "backend" | "adapter"> | null,
  { status, rows, total, seconds }: Pick<RowTable<CheckRow>, "status" | "rows" | "total" | "seconds">,
): string {
  if (status === "running") return total === null ? "The first is under way." : `${rows.length} of ${total} compared.`;
  if (seconds !== null) return `It took ${aboutDuration(seconds)} the last time.`;
  if (report?.backend === "webgpu" && report.adapter?.software === "yes")
    return "It may take minutes: the graphics adapter is software, and every kernel is compiled for it first.";
  return "How long it takes has not been measured here; it says how far it is.";
}

export function verdict(rows: readonly CheckRow[]): string {
  const beyond = rows.filter(({ passed }) => !passed).map(({ name }) => name);
  if (beyond.length === 0) return `All ${rows.length} agree with float64.`;
  const verb = beyond.length === 1 ? "does" : "do";
  return `${beyond.length} of ${rows.length} ${verb} not agree with float64: ${beyond.join("; ")}.`;
}

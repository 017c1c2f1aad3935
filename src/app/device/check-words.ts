/** The self-check's outcome in a sentence. */
import type { CheckRow } from "../../jobs/device-jobs.ts";

export function verdict(rows: readonly CheckRow[]): string {
  const beyond = rows.filter(({ passed }) => !passed).map(({ name }) => name);
  if (beyond.length === 0) return `All ${rows.length} agree with float64.`;
  const verb = beyond.length === 1 ? "does" : "do";
  return `${beyond.length} of ${rows.length} ${verb} not agree with float64: ${beyond.join("; ")}.`;
}

/** How a measurement stands that a store follows; idle where none was asked for. */
export type JobStatus = "idle" | "queued" | "running" | "complete" | "cancelled" | "failed";

export const isUnderWay = (status: JobStatus): boolean => status === "queued" || status === "running";

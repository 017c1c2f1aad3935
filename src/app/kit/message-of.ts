/** What an error says, whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether it says no more than that somebody has stopped the work. */
export const isAbort = (error: unknown): boolean => error instanceof Error && error.name === "AbortError";

import type { Session } from "./session.ts";

/** Opens a session, does the work and ends the process with its exit code. */
export type RunCommand = (work: (session: Session) => Promise<number>) => Promise<void>;

/**
 * A place in which one job goes on at a time: a new one overtakes the one before, of which nothing is heard any more. All
 * stores of the page follow their jobs in one.
 */
import type { JobEvent, JobHandle, JobName, JobResult } from "../../jobs/jobs.ts";
import { isAbort, messageOf } from "../kit/message-of.ts";

export type JobEnding<Result> =
  | { readonly kind: "complete"; readonly result: Result }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly error: unknown; readonly message: string }
  | { readonly kind: "overtaken" };

/** What a store does as its job goes on. Nothing is called once another job has overtaken it. */
export interface JobFollower<Name extends JobName> {
  readonly onEvent?: (event: JobEvent<Name>) => void;
  /** Shows what events have brought, a little after them: they may come by the hundred a second. */
  readonly announce?: () => void;
  /** Keeps a result before it is shown as complete. */
  readonly keep?: (result: JobResult<Name>) => Promise<void>;
  /** Shows the end, still in the job's place. */
  readonly end: (ending: Exclude<JobEnding<JobResult<Name>>, { kind: "overtaken" }>) => void;
}

export interface JobSlot<Name extends JobName> {
  readonly isBusy: boolean;
  /** Takes the place of the job before, cancelling it. `begin` may have to find out first what the job is to be. */
  followJob(
    begin: (signal: AbortSignal) => JobHandle<Name> | Promise<JobHandle<Name>>,
    follower: JobFollower<Name>,
  ): Promise<JobEnding<JobResult<Name>>>;
  /** Asks the job to stop; how it ends is followed. */
  cancel(): void;
  /** Cancels the job and hears no more of it. */
  drop(): void;
}

const announceEveryMs = 100;

export function createJobSlot<Name extends JobName>(): JobSlot<Name> {
  let current: AbortController | null = null;
  const drop = () => {
    const dropped = current;
    current = null;
    dropped?.abort();
  };
  return {
    get isBusy() {
      return current !== null;
    },
    cancel: () => current?.abort(),
    drop,
    async followJob(begin, { onEvent, announce, keep, end }) {
      drop();
      const own = new AbortController();
      current = own;
      const isCurrent = () => current === own;
      const finish = (ending: Parameters<typeof end>[0]): JobEnding<JobResult<Name>> => {
        if (!isCurrent()) return { kind: "overtaken" };
        clearTimeout(timer);
        end(ending);
        if (isCurrent()) current = null;
        return ending;
      };
      let timer: ReturnType<typeof setTimeout> | undefined;
      try {
        // Not awaited where it need not be: what is asked for at once begins at once.
        const begun = begin(own.signal);
        const handle = begun instanceof Promise ? await begun : begun;
        own.signal.addEventListener("abort", () => handle.cancel());
        if (own.signal.aborted) handle.cancel();
        for await (const event of handle.events) {
          if (!isCurrent()) continue;
          onEvent?.(event);
          if (!announce || timer !== undefined) continue;
          timer = setTimeout(() => {
            timer = undefined;
            if (isCurrent()) announce();
          }, announceEveryMs);
        }
        const result = await handle.result;
        if (isCurrent()) await keep?.(result);
        return finish({ kind: "complete", result });
      } catch (error) {
        if (own.signal.aborted || isAbort(error)) return finish({ kind: "cancelled" });
        return finish({ kind: "failed", error, message: messageOf(error) });
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

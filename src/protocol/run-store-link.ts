/**
 * The store of runs on the other side of a link, so that saving hundreds of megabytes never stops the page. Calls are
 * answered one by one under their numbers. What is given to a put stays the caller's: arrays are copied piece by piece.
 */
import type { RunStore } from "../experiment/storage/run-store.ts";
import { recordError, reviveError } from "./error-record.ts";
import type { Link } from "./link.ts";
import type { ErrorRecord } from "./messages.ts";
import { copyInPieces, transferList } from "./transfer.ts";

type Method = Exclude<keyof RunStore, "kind" | "unavailableReason" | "close">;

interface Call {
  readonly id: number;
  readonly method: Method;
  readonly given: readonly unknown[];
}

type Reply =
  | { readonly kind: "open"; readonly store: Pick<RunStore, "kind" | "unavailableReason"> }
  | { readonly kind: "result"; readonly id: number; readonly result: unknown }
  | { readonly kind: "error"; readonly id: number; readonly error: ErrorRecord }
  /** No store could be opened. */
  | { readonly kind: "closed"; readonly error: ErrorRecord };

/** Answers calls with `open`'s store. */
export function serveRunStore(link: Link, open: () => Promise<RunStore>): void {
  const opened = open();
  const answer = async ({ id, method, given }: Call) => {
    try {
      const store = await opened;
      const call = store[method] as (...given: readonly unknown[]) => Promise<unknown>;
      const result = await call(...given);
      link.post({ kind: "result", id, result } satisfies Reply, transferList(result));
    } catch (error) {
      link.post({ kind: "error", id, error: recordError(error) } satisfies Reply, []);
    }
  };
  link.onMessage((message) => void answer(message as Call));
  opened.then(
    ({ kind, unavailableReason }) =>
      link.post({ kind: "open", store: { kind, unavailableReason } } satisfies Reply, []),
    (error: unknown) => link.post({ kind: "closed", error: recordError(error) } satisfies Reply, []),
  );
}

/** Resolves when the other side has opened its store; rejects when it cannot, or is gone. */
export function connectRunStore(link: Link): Promise<RunStore> {
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let nextId = 1;
  let failure: Error | null = null;

  const call = async (method: Method, given: readonly unknown[]): Promise<unknown> => {
    const copied = await copyInPieces(given);
    if (failure) throw failure;
    const id = nextId++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      link.post({ id, method, given: copied } satisfies Call, transferList(copied));
    });
  };
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      failure ??= error;
      for (const job of waiting.values()) job.reject(error);
      waiting.clear();
      reject(error);
    };
    link.onFailure(fail);
    link.onMessage((data) => {
      const message = data as Reply;
      if (message.kind === "open") {
        resolve({
          ...message.store,
          ...remoteMethods(call),
          close: () => link.close(),
        });
        return;
      }
      if (message.kind === "closed") {
        fail(reviveError(message.error));
        return;
      }
      const job = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.kind === "result") job?.resolve(message.result);
      else job?.reject(reviveError(message.error));
    });
  });
}

/** Every method of a store that is called over the link: a missing one does not compile. */
const methods: Readonly<Record<Method, true>> = {
  listRuns: true,
  putRun: true,
  labelRun: true,
  putCheckpoint: true,
  getCheckpoint: true,
  putSurface: true,
  getSurface: true,
  putResult: true,
  getResult: true,
  putTrajectoryPoint: true,
  getTrajectory: true,
  deleteRun: true,
};

const remoteMethods = (call: (method: Method, given: readonly unknown[]) => Promise<unknown>) =>
  Object.fromEntries(
    Object.keys(methods).map((method) => [method, (...given: readonly unknown[]) => call(method as Method, given)]),
  ) as unknown as Pick<RunStore, Method>;

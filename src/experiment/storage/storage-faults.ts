/** Turns the browser's storage exceptions into the named errors of this layer. */
import { ExperimentError, StorageFullError, StorageRefusedError } from "../experiment-error.ts";

const where = "The browser's storage";

/** Runs a task of storage. Throws StorageFullError, StorageRefusedError, or what the task itself throws. */
export async function guardStorage<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw toStorageError(error);
  }
}

function toStorageError(error: unknown): unknown {
  if (error instanceof ExperimentError || !(error instanceof DOMException)) return error;
  if (error.name === "QuotaExceededError")
    return new StorageFullError(
      {
        where,
        what: "There is no room left; what was saved before is kept.",
        remedy: "Delete runs that are no longer needed, or free some of the disk, then save again.",
      },
      error,
    );
  if (error.name === "InvalidStateError")
    return refused(
      "It was closed, by a newer version of this page in another tab or by the browser.",
      "Reload the page.",
      error,
    );
  return refused(
    `It refused (${error.name}: ${error.message}).`,
    "Allow this site to keep data, and leave the private window; results can still be downloaded as files.",
    error,
  );
}

export function refused(what: string, remedy: string, cause?: unknown): StorageRefusedError {
  return new StorageRefusedError({ where, what, remedy }, cause);
}

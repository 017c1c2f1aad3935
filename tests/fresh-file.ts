/** Runs before each file of unit tests. They share processes and modules; what a file leaves behind ends here. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { vi } from "vitest";

/** `vi.waitFor` gives up after a second by itself, which a busy machine takes; a test's own limit is against hangs only. */
const mark = Symbol.for("basin: patient");
const patient = vi as typeof vi & { [mark]?: true };
if (!patient[mark]) {
  const { waitFor } = vi;
  vi.waitFor = (check, options) => waitFor(check, options ?? 60_000);
  patient[mark] = true;
}

vi.useRealTimers();
vi.restoreAllMocks();
vi.unstubAllGlobals();
globalThis.indexedDB = new IDBFactory();

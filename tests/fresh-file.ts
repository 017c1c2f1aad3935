/** Runs before each file of unit tests. They share processes and modules; what a file leaves behind ends here. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { vi } from "vitest";

vi.useRealTimers();
vi.restoreAllMocks();
vi.unstubAllGlobals();
globalThis.indexedDB = new IDBFactory();

/** Starts a TypeScript module, given as workerData, in a worker thread: tsx does not reach those by itself. */
import { workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
await import(workerData);

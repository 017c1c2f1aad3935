/** Starts the TypeScript module that workerData names as `module` in a worker thread: tsx does not reach those by itself. */
import { workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
await import(workerData.module);

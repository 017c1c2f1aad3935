/** Lets a worker thread read TypeScript, as the main thread of the command line does, then runs `helper-thread.ts`. */
import { register } from "tsx/esm/api";

register();
await import("./helper-thread.ts");

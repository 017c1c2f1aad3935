/** Ctrl-C, and the signal with which a system asks a process to end. */
import { exitCodes } from "./cli-error.ts";

const signals = ["SIGINT", "SIGTERM"] as const;

/**
 * One Ctrl-C may come twice: from the terminal, and passed on by a parent process. Both are seen together, or with a piece of
 * work between them.
 */
const sameInterruptMs = 2000;

/** Calls `interrupt` at the first signal; a later one ends the process at once. Returns a function that stops listening. */
export function listenForInterrupt(interrupt: () => void): () => void {
  let firstMs: number | undefined;
  const listener = () => {
    if (firstMs === undefined) {
      firstMs = performance.now();
      interrupt();
    } else if (performance.now() - firstMs > sameInterruptMs) process.exit(exitCodes.interrupted);
  };
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.removeListener(signal, listener);
  };
}

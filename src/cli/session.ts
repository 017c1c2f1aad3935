/** What every command has: a job runner, an interrupt, a voice on stderr, a result on stdout. */
import type { BackendChoice } from "../jobs/device-jobs.ts";
import { jobTable } from "../jobs/job-table.ts";
import { createNodePlatform } from "../jobs/platform/node.ts";
import { createWorkbench } from "../jobs/workbench.ts";
import { createInProcessRunner } from "../protocol/in-process.ts";
import { type Follow, followOn } from "./follow.ts";
import { startHelpers } from "./helpers.ts";
import { listenForInterrupt } from "./interrupt.ts";

/** Where a command writes: its result to the one, everything else to the other. */
export interface Output {
  writeOut(text: string): void;
  writeErr(text: string): void;
}

export interface Session {
  /** Runs a job; the first Ctrl-C cancels it, a second one ends the process at once. */
  readonly follow: Follow;
  /** Says on stderr what the choice comes to. */
  announceBackend(choice: BackendChoice): Promise<void>;
  /** A line on stderr. */
  say(line: string): void;
  /** A line on stderr about how far things are, at most one a second. */
  sayProgress(line: string): void;
  /** The result on stdout, as one JSON document. */
  print(result: unknown): void;
  /** The result on stdout, as text for people. */
  printText(text: string): void;
}

const progressEveryMs = 1000;

export function createSession(output: Output): Session {
  const workbench = createWorkbench(createNodePlatform(startHelpers));
  const runner = createInProcessRunner({ jobs: jobTable, workbench });
  const say = (line: string) => output.writeErr(`${line}\n`);
  let lastProgressMs = Number.NEGATIVE_INFINITY;
  return {
    follow: followOn(runner, (cancel) =>
      listenForInterrupt(() => {
        say("Stopping; what is done is kept. Press Ctrl-C again in a few seconds to end at once.");
        cancel();
      }),
    ),
    async announceBackend(choice) {
      const { backend, reason } = await workbench.backend(choice);
      say(`Backend: ${backend.kind} (${backend.description})`);
      if (reason) say(reason.text);
    },
    say,
    sayProgress(line) {
      if (performance.now() - lastProgressMs < progressEveryMs) return;
      lastProgressMs = performance.now();
      say(line);
    },
    print: (result) => output.writeOut(`${JSON.stringify(result, null, 2)}\n`),
    printText: (text) => output.writeOut(`${text}\n`),
  };
}

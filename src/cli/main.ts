/** The command line: the page's jobs without a page. Results go to stdout, everything else to stderr. */
import { messageOf } from "../data/data-error.ts";
import { exitCodeOf, exitCodes } from "./cli-error.ts";
import { createProgram } from "./program.ts";

async function openSession() {
  const { createSession } = await import("./session.ts");
  return createSession();
}

/** Ends the process: worker threads and devices are not waited for. */
function finish(exitCode: number): void {
  process.exitCode = exitCode;
  process.stdout.write("", () => process.exit());
}

try {
  await createProgram({ openSession, finish }).parseAsync();
} catch (error) {
  if (error instanceof Error && "exitCode" in error && error.name === "CommanderError") {
    process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage;
  } else {
    process.stderr.write(`basin: ${messageOf(error)}\n`);
    if (process.env.BASIN_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    finish(exitCodeOf(error));
  }
}

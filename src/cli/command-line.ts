/** One command, from its arguments to its exit code, in any process. */
import { messageOf } from "../data/data-error.ts";
import { exitCodeOf, exitCodes } from "./cli-error.ts";
import { createProgram } from "./program.ts";
import type { Output } from "./session.ts";

/** `args` are those after the program's name. Every error is told on `output`; none is thrown. */
export async function runCommandLine(args: readonly string[], output: Output): Promise<number> {
  let exitCode = 0;
  const program = createProgram({
    openSession: async () => (await import("./session.ts")).createSession(output),
    finish(code) {
      exitCode = code;
    },
  });
  for (const command of [program, ...program.commands]) command.configureOutput(output);
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof Error && "exitCode" in error && error.name === "CommanderError")
      return error.exitCode === 0 ? 0 : exitCodes.usage;
    output.writeErr(`basin: ${messageOf(error)}\n`);
    if (process.env.BASIN_DEBUG && error instanceof Error) output.writeErr(`${error.stack}\n`);
    return exitCodeOf(error);
  }
}

/** The command line as a process of its own, without npx before it: that takes as long as the command line's start. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Node's arguments for a command of Basin. */
export const commandLine = (...args: readonly string[]): readonly string[] => [
  "--import",
  "tsx",
  "src/cli/main.ts",
  ...args,
];

const run = promisify(execFile);

/** Rejects, with both outputs and the exit code, when the command fails. */
export const runBasin = (...args: readonly string[]): Promise<{ readonly stdout: string; readonly stderr: string }> =>
  run(process.execPath, commandLine(...args), { cwd: root });

/** The result on stdout. */
export async function resultOf(...args: readonly string[]): Promise<Record<string, unknown>> {
  return JSON.parse((await runBasin(...args)).stdout) as Record<string, unknown>;
}

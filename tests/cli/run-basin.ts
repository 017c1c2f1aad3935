/** The command line, within the test's process: the start of another takes longer than most commands. */
import { fileURLToPath } from "node:url";
import { runCommandLine } from "../../src/cli/command-line.ts";

/** What a command left on its outputs, and the code that its process ends with. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function endOf(...args: readonly string[]): Promise<Ended> {
  let [stdout, stderr] = ["", ""];
  const code = await runCommandLine(args, {
    writeOut(text) {
      stdout += text;
    },
    writeErr(text) {
      stderr += text;
    },
  });
  return { code, stdout, stderr };
}

/** Rejects, with both outputs and the exit code, when the command fails. */
export async function runBasin(...args: readonly string[]): Promise<Ended> {
  const ended = await endOf(...args);
  if (ended.code !== 0) throw Object.assign(new Error(ended.stderr), ended);
  return ended;
}

/** The result on stdout. */
export async function resultOf(...args: readonly string[]): Promise<Record<string, unknown>> {
  return JSON.parse((await runBasin(...args)).stdout) as Record<string, unknown>;
}

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Node's arguments for a command in a process of its own, without npx before it, in the project's folder. */
export const commandLine = (...args: readonly string[]): readonly string[] => [
  "--import",
  "tsx",
  "src/cli/main.ts",
  ...args,
];

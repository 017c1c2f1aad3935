/** A record of the test's own is all that a command takes: its options, their checks, progress, files, summary, exit code. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { measurementCommand } from "../../src/cli/measurements/measurement-command.ts";
import { backendOption } from "../../src/cli/measurements/shared-options.ts";
import { flag, withHelp } from "../../src/cli/schema-options.ts";
import type { Session } from "../../src/cli/session.ts";
import { sampleSpec } from "../experiment/samples.ts";
import { sampleResults } from "../experiment/storage/sample-results.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "basin-toy-"));
});
afterAll(() => rm(folder, { recursive: true }));

const said: string[] = [];
const printed: unknown[] = [];
let code: number | null = null;

const session: Session = {
  // The job of the test: one probe, then a result that says what was asked for.
  follow: (async (_name: string, params: { probes: number }, onEvent: (event: object) => void) => {
    onEvent({ kind: "probe", probe: 1, value: 2 });
    return { ...sampleResults.trace, probes: params.probes };
  }) as Session["follow"],
  announceBackend: async () => {},
  say: (line) => void said.push(line),
  sayProgress: (line) => void said.push(line),
  print: (result) => void printed.push(result),
  printText: () => {},
};

const toy = measurementCommand({
  name: "trace",
  description: "a toy",
  options: z.strictObject({
    wantedProbes: withHelp(z.int().min(1).max(9).default(3), "n", "how many"),
    twice: flag("as many again"),
    backend: backendOption,
    out: withHelp(z.string().optional(), "folder", "where toy.txt goes"),
  }),
  centre: async ({ backend }) => ({
    spec: sampleSpec,
    weights: { theta: new Float32Array(1), state: new Float32Array(0) },
    backend,
  }),
  params: ({ wantedProbes, twice }, at) => ({
    ...at,
    request: sampleResults.trace.report.request,
    method: "hutchinson",
    probes: twice ? 2 * wantedProbes : wantedProbes,
  }),
  report(event, { say }, { probes }) {
    if (event.kind === "probe") say(`${event.probe} of ${probes}`);
  },
  files: async ({ probes }) => ({ "toy.txt": `${probes}\n` }),
  summary: ({ probes }, out) => ({ probes, out }),
});

async function run(...args: readonly string[]) {
  const program = new Command("basin").exitOverride().configureOutput({ writeErr: () => {} });
  toy.addTo(program, async (work) => {
    code = await work(session);
  });
  await program.parseAsync(["trace", ...args], { from: "user" });
}

it("runs with the options that its schema names, and leaves its files", async () => {
  await run("--wanted-probes", "4", "--twice", "--out", folder);
  expect([code, said, printed]).toEqual([0, ["1 of 8"], [{ probes: 8, out: folder }]]);
  expect(await readFile(join(folder, "toy.txt"), "utf8")).toBe("8\n");
});

it("takes the schema's defaults, and refuses by its ranges", async () => {
  await run();
  expect(printed.at(-1)).toEqual({ probes: 3, out: undefined });
  await expect(run("--wanted-probes", "10")).rejects.toThrow("Give a whole number from 1 to 9.");
  await expect(run("--probes", "1")).rejects.toThrow("unknown option '--probes'");
});

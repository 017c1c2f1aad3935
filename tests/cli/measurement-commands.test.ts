/** The commands of measurements: their options, files, columns and printed members are what scripts of others rely on. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { followOn } from "../../src/cli/follow.ts";
import { createProgram } from "../../src/cli/program.ts";
import type { Session } from "../../src/cli/session.ts";
import { type ResultName, resultNames } from "../../src/experiment/measurements/list.ts";
import { readNpz } from "../../src/experiment/numpy/npz.ts";
import { parseSpec } from "../../src/experiment/parse-spec.ts";
import { jobTable } from "../../src/jobs/job-table.ts";
import { createNodePlatform } from "../../src/jobs/platform/node.ts";
import { createWorkbench } from "../../src/jobs/workbench.ts";
import { createInProcessRunner } from "../../src/protocol/in-process.ts";
import { sampleResults } from "../experiment/storage/sample-results.ts";

interface Contract {
  readonly options: string;
  /** Columns of tables, members of documents and archives by file. */
  readonly files: Readonly<Record<string, string>>;
  readonly printed: string;
}

const contracts: Readonly<Record<ResultName, Contract>> = {
  spectrum: {
    options: "--top 2 --bottom 1 --tolerance 0.3",
    files: {
      "spectrum.json": "format version status products tolerance top eigenvalues residuals history report",
      "eigenvectors.safetensors": "",
    },
    printed: "status out eigenvalues residuals products examples dimension backend elapsedMs",
  },
  density: {
    options: "--probes 2 --steps 3",
    files: { "density.json": "format version status products runs report" },
    printed: "status out probes products smallestNode largestNode examples dimension backend elapsedMs",
  },
  trace: {
    options: "--probes 3",
    files: { "trace.json": "format version method trace frobeniusNorm probes products status report" },
    printed: "method trace frobeniusNorm probes products status examples dimension backend elapsedMs",
  },
  layers: {
    options: "--top 1 --probes 2 --tolerance 0.3",
    files: {
      "layers.json": "format version status tolerance layers report",
      "layers.csv":
        "layer dimension trace traceError frobeniusNorm frobeniusNormError eigenvalue1 residual1 products status",
    },
    printed: "status out layers examples backend elapsedMs",
  },
  subsets: {
    options: "--top 1 --sizes 4 6 --draws 1 --resample 4 --tolerance 0.3",
    files: {
      "subsets.json": "format version status tolerance top samples report",
      "subsets.csv": "kind size draw overlap eigenvalue1",
    },
    printed: "status out samples dimension backend elapsedMs",
  },
  convexity: {
    options: "--x random:1 --y random:2 --grid 2x2 --tolerance 0.4",
    files: {
      "convexity.json":
        "format version status tolerance unconverged products plane alpha beta largest smallest ratio report",
      "convexity.npz": "alpha beta largest smallest ratio",
    },
    printed:
      "status out columns rows points smallestRatio largestRatio unconverged products examples dimension backend elapsedMs",
  },
  sharpness: {
    options: "--measures adaptive-average=0.2 plain-worst --draws 2 --steps 1",
    files: {
      "sharpness.json": "format version status loss figures report",
      "sharpness.csv": "kind radius value standardError done status",
    },
    printed: "loss figures status examples backend elapsedMs",
  },
};

const tiny = {
  model: { name: "mlp", hidden: [2], activation: "tanh", classes: 10 },
  data: { source: "synthetic", train: { count: 10 }, test: { count: 10 } },
  training: { learningRate: 0.02, batchSize: 10, epochs: 1 },
};
let folder = "";
let checkpoint = "";
const runner = createInProcessRunner({ jobs: jobTable, workbench: createWorkbench(createNodePlatform(() => [])) });

/** Runs a command in this process; `follow` in the place of its jobs. */
async function basin(args: readonly string[], follow: Session["follow"] = followOn(runner, () => () => {})) {
  const printed: unknown[] = [];
  const said: string[] = [];
  const session: Session = {
    follow,
    announceBackend: async () => {},
    say: (line) => void said.push(line),
    sayProgress: (line) => void said.push(line),
    print: (result) => void printed.push(result),
    printText: () => {},
  };
  let code = Number.NaN;
  const program = createProgram({
    openSession: async () => session,
    finish: (exitCode) => {
      code = exitCode;
    },
  });
  for (const command of program.commands) command.configureOutput({ writeErr: () => {} });
  await program.parseAsync(args, { from: "user" });
  return { code, said, printed: JSON.parse(JSON.stringify(printed[0])) as Record<string, unknown> };
}

async function partsOf(path: string): Promise<readonly string[]> {
  const bytes = await readFile(path);
  if (path.endsWith(".npz")) return Object.keys(readNpz(bytes, path));
  if (path.endsWith(".csv")) return bytes.toString().split("\n")[0].split(",");
  return path.endsWith(".json") ? Object.keys(JSON.parse(bytes.toString()) as object) : [];
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "basin-measurements-"));
  const spec = join(folder, "spec.json");
  await writeFile(spec, JSON.stringify(tiny));
  await basin(["train", spec, "--out", join(folder, "run"), "--backend", "reference"]);
  checkpoint = join(folder, "run", "checkpoint.safetensors");
});
afterAll(() => rm(folder, { recursive: true }));

const helpOf = (name: string): string => {
  const command = createProgram({ openSession: () => Promise.reject(), finish: () => {} }).commands.find(
    (known) => known.name() === name,
  );
  return command?.configureOutput({ getOutHelpWidth: () => 80 }).helpInformation() ?? "";
};

describe.each(resultNames)("%s", (name) => {
  const { options, files, printed } = contracts[name];

  it("has the options that it had", async () => {
    const known = await readFile(new URL(`../fixtures/cli/${name}.help.txt`, import.meta.url), "utf8");
    expect(helpOf(name)).toBe(known);
  });

  it("writes the files and prints the members that it did", async () => {
    const out = join(folder, name);
    const ended = await basin([
      name,
      "--checkpoint",
      checkpoint,
      ...options.split(" "),
      "--out",
      out,
      "--backend",
      "reference",
    ]);
    expect(ended.code).toBe(0);
    expect(Object.keys(ended.printed).join(" ")).toBe(printed);
    expect(ended.said.length).toBeGreaterThan(0);
    const written = (await readdir(out)).sort();
    expect(written).toEqual(Object.keys(files).sort());
    for (const file of written) expect((await partsOf(join(out, file))).join(" ")).toBe(files[file]);
  });
});

describe("a value that an option can't have", () => {
  it.each([
    ["density", "--probes", "0", "Give a whole number from 1."],
    ["density", "--steps", "2.5", "Give a whole number from 1."],
    ["spectrum", "--top", "-1", "Give a whole number from 0."],
    ["spectrum", "--tolerance", "0", "Give a number above 0."],
    ["spectrum", "--seed", "4294967296", "Give a whole number from 0 to 4294967295."],
    ["trace", "--method", "guess", "Allowed choices are hutchinson, hutch++."],
    ["subsets", "--sizes", "0", "Give a whole number from 1."],
    ["sharpness", "--measures", "flat", "Give KIND or KIND=RADIUS, KIND one of adaptive-average"],
    ["sharpness", "--measures", "plain-worst=0", "Give a number above 0."],
  ])("is refused by %s %s %s with what would do", async (name, option, value, remedy) => {
    await expect(basin([name, "--checkpoint", checkpoint, "--out", folder, option, value])).rejects.toThrow(remedy);
  });

  it("is refused where it is missing", async () => {
    await expect(basin(["density", "--checkpoint", checkpoint])).rejects.toThrow("--out <folder>");
  });
});

describe("the exit code", () => {
  const nothing = { eigenvalues: new Float64Array(), residuals: new Float64Array(), vectors: [], top: 0 };

  it.each([
    ["converged", 0],
    ["max-steps", 1],
    ["breakdown", 1],
    ["non-finite", 3],
    ["cancelled", 130],
  ] as const)("of a spectrum that ended %s is %i", async (status, code) => {
    const report = { ...sampleResults.spectrum.report, spec: parseSpec(tiny) };
    const follow = (async () => ({ ...sampleResults.spectrum, ...nothing, status, report })) as Session["follow"];
    const ended = await basin(["spectrum", "--checkpoint", checkpoint, "--out", join(folder, status)], follow);
    expect(ended.code).toBe(code);
  });
});

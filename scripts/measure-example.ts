/**
 * Measures the landscape that an empty page shows, with the project's own commands, and packs it for the page:
 * `npx tsx scripts/measure-example.ts --images FOLDER`. FOLDER holds CIFAR-10's binary files. Half an hour of one processor;
 * what is already in `--work` (default .cache/example) is not computed again.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { landscapeToJson } from "../src/experiment/measured-landscape.ts";
import { readSafetensors } from "../src/experiment/safetensors/read-safetensors.ts";
import { surfaceFromFiles } from "../src/experiment/surface-files.ts";
import type { ProjectedPath } from "../src/experiment/trajectory.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Bytes that a first view may take of a slow connection. */
const mostBytes = 60_000;

const { values: options } = parseArgs({
  options: {
    images: { type: "string" },
    work: { type: "string", default: `${root}/.cache/example` },
    grid: { type: "string", default: "49x49" },
    out: { type: "string", default: `${root}/public/example-landscape.json` },
  },
});
if (!options.images) throw new Error("Give the folder of CIFAR-10's binary files: --images FOLDER.");
const { work } = options;
const [run, surface, trajectory] = ["run", "surface", "trajectory"].map((name) => `${work}/${name}`);
const epochs = 10;

mkdirSync(work, { recursive: true });
const spec = {
  model: { name: "vgg", depth: 11, width: 0.25, batchNorm: true },
  data: {
    source: "cifar10",
    path: options.images,
    train: { count: 500, select: "balanced", seed: 0 },
    test: { count: 500, select: "first", seed: 0 },
  },
  training: { epochs, batchSize: 50, learningRate: 0.05 },
  recording: { everySteps: 2, budgetMegabytes: 256 },
};
writeFileSync(`${work}/spec.json`, JSON.stringify(spec));
basin(run, ["train", `${work}/spec.json`]);
const principal = ["--run", run, "--x", "pca:1", "--y", "pca:2", "--path", "--range", "path", "--batch-norm", "batch"];
basin(surface, ["surface", ...principal, "--grid", options.grid]);
basin(trajectory, ["trajectory", run]);

const text = landscapeToJson({
  surface: surfaceFromFiles(read(`${surface}/surface.json`), readFileSync(`${surface}/surface.npz`)),
  path: readPath(read(`${surface}/path.csv`)),
  extent: distanceWalked(),
  explained: JSON.parse(read(`${trajectory}/trajectory.json`)).explained.slice(0, 2),
  label: `after ${epochs} epochs`,
  measuredOn: new Date().toISOString().slice(0, 10),
});
if (text.length > mostBytes) throw new Error(`${text.length} bytes are more than ${mostBytes}: take a smaller --grid.`);
writeFileSync(options.out, `${text}\n`);
console.log(`${options.out}: ${text.length} bytes`);

/** One command of the command line, unless its folder is there. */
function basin(folder: string, command: readonly string[]): void {
  if (existsSync(folder)) return;
  const args = ["--import", "tsx", "src/cli/main.ts", ...command, "--backend", "tfjs", "--out", folder];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`basin ${command[0]} ended with ${status}.`);
}

function read(file: string): string {
  return readFileSync(file, "utf8");
}

function readPath(csv: string): ProjectedPath {
  const [header, ...lines] = csv.trim().split(/\r?\n/);
  const rows = lines.map((line) => line.split(",").map(Number));
  const columns = header.split(",").map((name, at) => [name, Float64Array.from(rows, (row) => row[at])]);
  return Object.fromEntries(columns) as ProjectedPath;
}

/** ‖θₙ − θ₀‖ between the last recorded point and the first. */
function distanceWalked(): number {
  const files = readdirSync(run)
    .filter((name) => name.startsWith("trajectory-"))
    .sort();
  const [first, last] = [files[0], files[files.length - 1]].map((name) => weightsIn(`${run}/${name}`));
  let squares = 0;
  for (const [name, values] of last) {
    const before = first.get(name);
    if (!before) throw new Error(`${name} is not in both ends of the path.`);
    for (let index = 0; index < values.length; index++) squares += (values[index] - before[index]) ** 2;
  }
  return Math.sqrt(squares);
}

/** Trained parameters by name; BatchNorm's running statistics are none. */
function weightsIn(file: string): ReadonlyMap<string, Float32Array> {
  const { tensors } = readSafetensors(readFileSync(file));
  const isParameter = (name: string) => !/running_|num_batches/.test(name);
  return new Map(
    tensors.flatMap(({ name, data }) => (isParameter(name) && data instanceof Float32Array ? [[name, data]] : [])),
  );
}

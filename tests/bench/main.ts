/**
 * Benchmarks: `npm run bench` runs all of them, `npm run bench -- name […arguments]` one. They print figures and assert
 * nothing.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { comparePanes } from "./compare-panes.ts";
import { curvature } from "./curvature/curvature.ts";
import { mainThread } from "./main-thread.ts";
import { selectDriver } from "./node-gpu.ts";
import { recording } from "./recording.ts";
import { replay } from "./replay/replay.ts";
import { runsPage } from "./runs-page.ts";
import { profile } from "./step/profile.ts";
import { step } from "./step/step.ts";
import { surface } from "./surface.ts";
import { MissingLoaderError } from "./vulkan-loader.ts";

type Benchmark = (options: readonly string[]) => Promise<void>;

/** One that is a program of its own, with the process to itself. */
const program =
  (file: string): Benchmark =>
  async (options) => {
    selectDriver();
    const path = fileURLToPath(new URL(file, import.meta.url));
    console.log(`\n${file}`);
    spawnSync(process.execPath, ["--import", "tsx", path, ...options], { stdio: "inherit" });
  };

const benchmarks: Readonly<Record<string, Benchmark>> = {
  step,
  curvature,
  profile,
  replay,
  surface,
  recording,
  "main-thread": mainThread,
  "runs-page": runsPage,
  "compare-panes": comparePanes,
  kernels: program("kernels.ts"),
  wasm: program("wasm.ts"),
  "wasm-workers": program("wasm-workers.ts"),
  lanczos: program("lanczos.ts"),
  "lanczos-cifar": program("lanczos-cifar.ts"),
};

const [name, ...options] = process.argv.slice(2);
if (name !== undefined && !(name in benchmarks)) {
  console.error(`There is no benchmark "${name}". There are: ${Object.keys(benchmarks).join(", ")}.`);
  process.exit(1);
}
try {
  for (const [each, run] of Object.entries(benchmarks)) {
    if (name === undefined || name === each) await run(options);
  }
} catch (error) {
  console.error(error instanceof MissingLoaderError ? error.message : error);
  process.exit(1);
}
// Devices would keep the process alive.
process.exit(0);

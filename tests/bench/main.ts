/**
 * Benchmarks: `npm run bench` runs all of them, `npm run bench -- name […arguments]` one. They print figures and assert
 * nothing.
 */
import { mainThread } from "./main-thread.ts";
import { replay } from "./replay/replay.ts";
import { profile } from "./step/profile.ts";
import { step } from "./step/step.ts";
import { surface } from "./surface.ts";

const benchmarks: Readonly<Record<string, (options: readonly string[]) => Promise<void>>> = {
  step,
  profile,
  replay,
  surface,
  "main-thread": mainThread,
};

const [name, ...options] = process.argv.slice(2);
if (name !== undefined && !(name in benchmarks)) {
  console.error(`There is no benchmark "${name}". There are: ${Object.keys(benchmarks).join(", ")}.`);
  process.exit(1);
}
for (const [each, run] of Object.entries(benchmarks)) {
  if (name === undefined || name === each) await run(options);
}
// Devices would keep the process alive.
process.exit(0);

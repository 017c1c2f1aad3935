/**
 * One training step of VGG11-BN (width ¼, batch 16) by Basin, by stock tfjs and by jax-js on one adapter, in one process,
 * their repetitions interleaved. The losses of the first step are printed: equal ones mean equal work.
 */
import { cpus } from "node:os";
import { countInto, createTally, type GpuTally } from "../gpu-tally.ts";
import { installNodeGpu } from "../node-gpu.ts";
import { figure, median, megabytes, printTable } from "../report.ts";
import { createBasin } from "./basin.ts";
import { createJaxJs } from "./jax-js.ts";
import { type Contender, quarterWidth } from "./problem.ts";
import { createTfjs } from "./tfjs.ts";

const rounds = 5;
const creators = { basin: createBasin, tfjs: createTfjs, "jax-js": createJaxJs };
type Name = keyof typeof creators;

/** Of the trial behind the choice of engine (docs/decisions/), on SwiftShader: ms, launches, pipelines, MB, cold first call. */
const trial: Readonly<Record<Name, string>> = {
  basin: "505 ms, 105, 37, 10.2 MB, 2.6 s",
  tfjs: "6052 ms, 484, 69, 59 MB, 22–29 s",
  "jax-js": "1310 ms, 198, 122, 31 MB, 11–13 s",
};

interface Measured {
  readonly name: Name;
  readonly contender: Contender;
  readonly tally: GpuTally;
  readonly coldMs: number;
  readonly firstLoss: number;
  readonly launches: number;
  readonly wallMs: number[];
  readonly processorMs: number[];
}

async function start(name: Name): Promise<Measured> {
  const tally = createTally();
  const startedMs = performance.now();
  const contender = await countInto(tally, () => creators[name](quarterWidth()));
  const firstLoss = await countInto(tally, contender.step);
  const coldMs = performance.now() - startedMs;
  const before = tally.launches;
  await countInto(tally, contender.step);
  console.log(`${name}: first loss ${firstLoss.toFixed(5)} after ${(coldMs / 1000).toFixed(1)} s`);
  return { name, contender, tally, coldMs, firstLoss, launches: tally.launches - before, wallMs: [], processorMs: [] };
}

async function repeat({ contender, tally, wallMs, processorMs }: Measured): Promise<void> {
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  await countInto(tally, contender.step);
  wallMs.push(performance.now() - startedMs);
  const { user, system } = process.cpuUsage(cpu);
  processorMs.push((user + system) / 1000 / cpus().length);
}

/** `names`: contenders to run; all when there are none. */
export async function step(names: readonly string[]): Promise<void> {
  installNodeGpu();
  const all = Object.keys(creators) as Name[];
  const chosen = names.length === 0 ? all : all.filter((name) => names.includes(name));
  const measured: Measured[] = [];
  for (const name of chosen) measured.push(await start(name));
  for (let round = 0; round < rounds; round++) {
    for (const each of measured) await repeat(each);
  }
  const [own] = measured;
  printTable(
    `Training step of VGG11-BN, width ¼, batch 16; median of ${rounds}, interleaved (jax-js: without the update)`,
    ["", "ms", "ratio", "processor ms", "ratio", "launches", "pipelines", "peak memory", "cold", "loss", "trial"],
    measured.map(({ name, tally, coldMs, firstLoss, launches, wallMs, processorMs }) => [
      name,
      figure(median(wallMs)),
      `${figure(median(wallMs) / median(own.wallMs))}×`,
      figure(median(processorMs)),
      `${figure(median(processorMs) / median(own.processorMs))}×`,
      String(launches),
      String(tally.pipelines),
      megabytes(tally.peakBytes),
      `${figure(coldMs / 1000)} s`,
      firstLoss.toFixed(5),
      trial[name],
    ]),
  );
}

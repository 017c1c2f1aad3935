/**
 * Products with curvature matrices of VGG11-BN (width ¼, batch 16) against its gradient and against jax-js, on one adapter, in
 * one process, repetitions interleaved. Equal quadratic forms vᵀHv mean equal work.
 */
import { countInto, createTally, type GpuTally } from "../gpu-tally.ts";
import { installNodeGpu } from "../node-gpu.ts";
import { figure, median, megabytes, printTable } from "../report.ts";
import { quarterWidth } from "../step/problem.ts";
import { createJaxProduct } from "./jax-js.ts";
import type { Measurable } from "./measurable.ts";
import { createBasin, openBackend } from "./products.ts";

const rounds = 5;
const hoistBytes = 256e6;

interface Measured {
  readonly name: string;
  /** Products of one run. */
  readonly products: number;
  readonly subject: Measurable;
  readonly tally: GpuTally;
  readonly launches: number;
  readonly wallMs: number[];
}

async function start(name: string, products: number, create: () => Promise<Measurable>): Promise<Measured> {
  const tally = createTally();
  const startedMs = performance.now();
  const subject = await countInto(tally, create);
  await countInto(tally, () => subject.run());
  const coldMs = performance.now() - startedMs;
  const before = tally.launches;
  await countInto(tally, () => subject.run());
  console.log(`${name}: cold ${figure(coldMs / 1000)} s`);
  return { name, products, subject, tally, launches: tally.launches - before, wallMs: [] };
}

/** `options`: `basin` leaves jax-js out. */
export async function curvature(options: readonly string[]): Promise<void> {
  installNodeGpu();
  const problem = quarterWidth();
  const backend = await openBackend();
  const basin = createBasin(problem, backend);
  const measured = [
    await start("gradient", 1, () => basin.gradient()),
    await start("Hv", 1, () => basin.product("hessian", {})),
    await start("Hv, hoisted", 1, () => basin.product("hessian", { hoistBytes })),
    await start("Hv, four at a time", 4, () => basin.product("hessian", { width: 4 })),
    await start("Gv", 1, () => basin.product("ggn", {})),
    await start("Gv, hoisted", 1, () => basin.product("ggn", { hoistBytes })),
    await start("Hv, batch statistics", 1, () => basin.product("hessian", { batchNorm: "batch" })),
  ];
  if (!options.includes("basin")) {
    measured.push(await start("jax-js Hv, batch statistics", 1, () => createJaxProduct(problem)));
  }
  for (let round = 0; round < rounds; round++) {
    for (const { subject, wallMs } of measured) {
      const startedMs = performance.now();
      await subject.run();
      wallMs.push(performance.now() - startedMs);
    }
  }
  const [gradient] = measured;
  const own = measured.find(({ name }) => name === "Hv, batch statistics")!;
  const per = ({ wallMs, products }: Measured) => median(wallMs) / products;
  const ratio = (a: number, b: number) => (a > 0 ? `${(a / b).toFixed(2)}×` : "");
  printTable(
    `Products of VGG11-BN, width ¼, batch 16; median of ${rounds}, interleaved; ratios to the gradient, per product`,
    ["", "ms a product", "time", "FLOPs", "to Hv (batch)", "launches a run", "pipelines", "peak memory"],
    measured.map((each) => [
      each.name,
      figure(per(each)),
      ratio(per(each), per(gradient)),
      ratio(each.subject.flop / each.products, gradient.subject.flop),
      ratio(per(each), per(own)),
      String(each.launches),
      String(each.tally.pipelines),
      megabytes(each.tally.peakBytes),
    ]),
  );
  console.log(
    "The trial of docs/architecture.md: Hv 1301 ms, 157 launches, 51 pipelines, 17.1 MB; jax-js 2.7× as long.",
  );
  for (const { name, subject } of measured) {
    if (hasForm(subject)) console.log(`vᵀAv by ${name}: ${(await subject.quadraticForm()).toPrecision(6)}`);
  }
}

const hasForm = (subject: Measurable): subject is Measurable & { quadraticForm(): Promise<number> } =>
  "quadraticForm" in subject;

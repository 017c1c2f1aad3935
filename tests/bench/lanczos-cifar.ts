/**
 * Products to the ten largest eigenpairs of VGG11 with BatchNorm, trained on real CIFAR-10 images to a small loss, by Lanczos
 * and by power iteration with deflation. Run: npm run bench -- lanczos-cifar [width, 0.25] [images, 500] [epochs, 9] [most products, 3000]
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { SymmetricOperator } from "../../src/curvature/operator.ts";
import { lanczos } from "../../src/curvature/solvers/lanczos.ts";
import { powerIteration } from "../../src/curvature/solvers/power-iteration.ts";
import { parseSpec } from "../../src/experiment/parse-spec.ts";
import { withCurvature } from "../../src/jobs/curvature-problem.ts";
import { jobTable } from "../../src/jobs/job-table.ts";
import { createNodePlatform } from "../../src/jobs/platform/node.ts";
import { createWorkbench } from "../../src/jobs/workbench.ts";
import { createInProcessRunner } from "../../src/protocol/in-process.ts";
import { figure, printTable } from "./report.ts";

const images = fileURLToPath(new URL("../../../shared/cifar10", import.meta.url));
const [width = 0.25, count = 500, epochCount = 9, maxProducts = 3000] = process.argv.slice(2).map(Number);
const pairs = 10;
const tolerance = 1e-3;
const seed = 1;

const spec = () =>
  parseSpec({
    model: { name: "vgg", depth: 11, width, batchNorm: true },
    data: { source: "cifar10", path: images, train: { count, select: "first" }, test: { count: 100 } },
    training: { learningRate: 0.02, batchSize: 50, epochs: epochCount, weightDecay: 0 },
  });

async function countProducts(): Promise<void> {
  const workbench = createWorkbench(createNodePlatform());
  const runner = createInProcessRunner({ jobs: jobTable, workbench });
  const backend = "tfjs";
  const trained = await runner.start("train", { runId: "bench", spec: spec(), backend }).result;
  const { weights, epochs } = trained.checkpoint;
  const request = {
    operator: "hessian",
    subset: "train",
    batchNorm: "frozen",
    parameters: ["*"],
    filterScaled: false,
    seed,
  } as const;
  const params = { spec: spec(), weights, request, backend } as const;
  await withCurvature(params, workbench, new AbortController().signal, ({ operator }) =>
    compare(operator, epochs.at(-1)?.trainLoss ?? Number.NaN),
  );
}

async function compare(operator: SymmetricOperator, loss: number): Promise<void> {
  const solvers = {
    "Lanczos, thick restart": () =>
      lanczos(operator, { top: pairs, bottom: 0, tolerance, seed, maxProducts, memoryBytes: 2 ** 30 }),
    "power iteration, to a change of 1e-3": () =>
      powerIteration(operator, { count: pairs, stopBy: "change", tolerance, seed, maxProducts }),
    "power iteration, to the same residual": () =>
      powerIteration(operator, { count: pairs, stopBy: "residual", tolerance, seed, maxProducts }),
  };
  const title =
    `ten eigenpairs of VGG11-BN of width ${width}, ${operator.dimension} parameters, ${count} CIFAR-10 images, ` +
    `trained to a loss of ${loss.toPrecision(2)}, residual 1e-3·|λ₁|; ${operator.backend.description}`;
  const headings = ["", "pairs", "products", "over Lanczos", "largest residual", "s", "status"];
  const rows: string[][] = [];
  let least = Number.NaN;
  for (const [name, solve] of Object.entries(solvers)) {
    const startedMs = performance.now();
    const { values, products, relativeResiduals, status } = await solve();
    if (Number.isNaN(least)) least = products;
    const seconds = figure((performance.now() - startedMs) / 1000);
    const worst = Math.max(...relativeResiduals).toExponential(1);
    const ratio = `${figure(products / least)} ×`;
    rows.push([name, String(values.length), String(products), ratio, worst, seconds, status]);
    // The last solve takes long: what is known so far is shown.
    printTable(title, headings, rows);
  }
}

if (existsSync(images)) await countProducts();
else console.log(`No CIFAR-10 images in ${images}: nothing to measure.`);
process.exit(0);

/**
 * Six reliefs of 51 × 51 points on the built page's Compare page, turned together by the mouse: the main thread's tasks in
 * processor time, and what every picture asks of WebGL. `npm run bench -- compare-panes [seconds]`.
 */
import type { Page } from "playwright";
import { parseSpec } from "../../src/experiment/parse-spec.ts";
import { folderName } from "../../src/experiment/run-folder.ts";
import { writeRunFolder } from "../../src/experiment/run-folder-write.ts";
import { zipFolder } from "../../src/experiment/run-folder-zip.ts";
import type { KeptSurface } from "../../src/experiment/surface.ts";
import { surfaceViewSchema } from "../../src/experiment/surface-view.ts";
import { type ZipPart, zipDirectory } from "../../src/experiment/zip/write-zip.ts";
import { tensorNames } from "../../src/jobs/exchange-run.ts";
import { modelOf } from "../../src/jobs/problem.ts";
import { drawInitialWeights } from "../../src/training/initial-weights.ts";
import { exampleAccuracy, exampleLoss } from "../app/landscape-model.ts";
import { openBuiltPage } from "./browser-page.ts";
import { traceTasks } from "./page-tasks.ts";
import { figure, printTable } from "./report.ts";

const runCount = 6;
const side = 51;
const blockingMs = 100;
const step = 10;

/** What WebGL was asked for since it was last read. */
interface WebglTally {
  /** Pictures of the screen in which anything was drawn. */
  frames: number;
  draws: number;
  uploads: number;
  uploadedBytes: number;
}

export async function comparePanes([given = "8"]: readonly string[]): Promise<void> {
  await using built = await openBuiltPage();
  const { page, url } = built;
  await page.addInitScript("globalThis.__name = (named) => named");
  await page.addInitScript(countWebgl);
  await page.goto(url);
  await page.getByRole("navigation", { name: "Pages" }).getByText("Runs").click();
  const zip = { name: "runs.zip", mimeType: "application/zip", buffer: Buffer.concat(await sampleZip()) };
  await page.getByLabel("Zip files of runs").setInputFiles(zip);
  await page.getByRole("row", { name: /run 5/ }).waitFor();
  await page.goto("about:blank");
  await page.goto(`${url}#compareGrid=${side}x${side}`);
  await page.getByRole("navigation", { name: "Pages" }).getByText("Compare").click();
  const reliefs = page.getByRole("application");
  await reliefs.nth(runCount - 1).waitFor();
  await page
    .getByText(`${figure(runCount * side * side).replace(/(\d)(\d{3})$/, "$1 $2")} of`, { exact: false })
    .waitFor();
  await page.waitForTimeout(3000);

  const rows: string[][] = [];
  const details: string[] = [];
  const phase = async (name: string, work: () => Promise<void>) => {
    const session = await page.context().newCDPSession(page);
    await readTally(page);
    const tasks = await traceTasks(session, work);
    const { frames, draws, uploads, uploadedBytes } = await readTally(page);
    await session.detach();
    const processorMs = tasks.reduce((sum, task) => sum + task.processorMs, 0);
    const longest = tasks.toSorted((a, b) => b.processorMs - a.processorMs)[0];
    const each = (total: number) => (frames > 0 ? figure(total / frames) : "–");
    rows.push([
      name,
      String(frames),
      `${each(processorMs)} ms`,
      `${figure(longest?.processorMs ?? 0)} ms`,
      String(tasks.filter((task) => task.processorMs > blockingMs).length),
      each(draws),
      each(uploads),
      each(uploadedBytes),
    ]);
    if (longest) details.push(`${name}: ${figure(longest.processorMs)} ms; ${longest.parts.join(", ")}`);
  };
  const seconds = Number(given);
  await phase("turned together", () => drag(page, seconds));
  await phase("pointed at", () => hover(page, seconds));
  await page.getByText("Cameras linked").click();
  await phase("one of them turned", () => drag(page, seconds));
  printTable(`Six reliefs of ${side} × ${side} points`, titles, rows);
  console.log(`The longest tasks:\n${details.join("\n")}`);
}

const titles = [
  "what",
  "frames",
  "processor a frame",
  "longest task",
  `over ${blockingMs} ms`,
  "draws a frame",
  "uploads a frame",
  "bytes a frame",
];

const readTally = (page: Page): Promise<WebglTally> =>
  page.evaluate(() => {
    const { tally } = globalThis as unknown as { tally: WebglTally };
    const read = { ...tally };
    Object.assign(tally, { frames: 0, draws: 0, uploads: 0, uploadedBytes: 0 });
    return read;
  });

async function drag(page: Page, seconds: number): Promise<void> {
  const box = await page.getByRole("application").first().boundingBox();
  if (!box) throw new Error("There is no relief to turn.");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const endMs = performance.now() + 1000 * seconds;
  for (let at = 0; performance.now() < endMs; at++) {
    await page.mouse.move(x + 90 * Math.sin(at / step), y + 20 * Math.sin(at / step / 2));
    await page.waitForTimeout(8);
  }
  await page.mouse.up();
}

async function hover(page: Page, seconds: number): Promise<void> {
  const box = await page.getByRole("application").first().boundingBox();
  if (!box) throw new Error("There is no relief to point at.");
  const endMs = performance.now() + 1000 * seconds;
  for (let at = 0; performance.now() < endMs; at++) {
    await page.mouse.move(box.x + box.width * (0.5 + 0.2 * Math.sin(at / step)), box.y + box.height * 0.5);
    await page.waitForTimeout(8);
  }
}

/** In the page, before its scripts: counts what its WebGL contexts are asked for. */
function countWebgl(): void {
  const tally = { frames: 0, draws: 0, uploads: 0, uploadedBytes: 0 };
  Object.assign(globalThis, { tally });
  let frame = 0;
  let drawnIn = -1;
  const nextFrame = () => {
    frame++;
    requestAnimationFrame(nextFrame);
  };
  requestAnimationFrame(nextFrame);
  type Call = (...given: unknown[]) => unknown;
  const methods = WebGL2RenderingContext.prototype as unknown as Record<string, Call>;
  const wrap = (name: string, before: (given: readonly unknown[]) => void) => {
    const original = methods[name];
    methods[name] = function (this: unknown, ...given: unknown[]) {
      before(given);
      return original.apply(this, given);
    };
  };
  for (const name of ["drawElements", "drawArrays", "drawElementsInstanced", "drawArraysInstanced"])
    wrap(name, () => {
      tally.draws++;
      if (drawnIn !== frame) tally.frames++;
      drawnIn = frame;
    });
  for (const name of ["bufferData", "bufferSubData", "texImage2D", "texSubImage2D"])
    wrap(name, (given) => {
      tally.uploads++;
      const data = given.find((one) => ArrayBuffer.isView(one)) as ArrayBufferView | undefined;
      tally.uploadedBytes += data?.byteLength ?? 0;
    });
}

/** Six runs of one small net with a surface each, no two alike. */
async function sampleZip(): Promise<readonly Uint8Array[]> {
  const parts: ZipPart[] = [];
  for (let index = 0; index < runCount; index++) {
    const spec = parseSpec({
      model: { name: "mlp", hidden: [8] },
      data: { source: "synthetic", train: { count: 100 }, test: { count: 50 } },
      init: { scheme: "xavier-normal", seed: index },
      training: { epochs: 1, batchSize: 20 },
    });
    const created = new Date(Date.UTC(2026, 0, 1 + index)).toISOString();
    const record = { id: `run-${index}`, name: `run ${index}`, created, spec, status: "complete", epochs: [] } as const;
    const content = {
      record: { ...record, colour: null, note: "", tags: [] },
      checkpoint: {
        spec,
        step: 5,
        weights: drawInitialWeights(modelOf(spec), spec.init),
        moments: [],
        epochs: [],
        batchLosses: new Float32Array(0),
      },
      surface: sampleSurface(spec, index),
      results: {},
      trajectory: [],
    };
    parts.push(zipFolder(folderName(record), writeRunFolder(content, tensorNames(spec))));
  }
  return [...parts.flatMap(({ bytes }) => bytes), zipDirectory(parts)];
}

function sampleSurface(spec: KeptSurface["report"]["spec"], index: number): KeptSurface {
  const {
    x: _x,
    y: _y,
    batchNorm,
    ...view
  } = surfaceViewSchema.parse({ alpha: { count: side }, beta: { count: side } });
  const axis = Float64Array.from({ length: side }, (_, k) => (2 * k) / (side - 1) - 1);
  const loss = Float64Array.from({ length: side * side }, (_, cell) =>
    exampleLoss(axis[cell % side] + 0.06 * index, axis[Math.floor(cell / side)] - 0.04 * index),
  );
  return {
    values: {
      columns: side,
      rows: side,
      alpha: axis,
      beta: axis.slice(),
      loss,
      lossError: loss.map((value) => 0.01 * value),
      accuracy: loss.map(exampleAccuracy),
      measured: new Uint8Array(side * side).fill(1),
    },
    report: {
      spec,
      request: { ...view, x: "random:1", y: "random:2", batchNorm },
      examples: 100,
      microBatches: [100],
      cosine: 0,
      directionNorms: [1, 1],
      backend: "a benchmark",
      status: "complete",
      evaluations: side * side,
      elapsedMs: 1000,
    },
    step: 5,
  };
}

/** The commands as functions, on the reference backend with real jobs. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CliError, exitCodeOf } from "../../src/cli/cli-error.ts";
import { evaluate } from "../../src/cli/commands/evaluate.ts";
import { type SurfaceOptions, surface } from "../../src/cli/commands/surface.ts";
import { train } from "../../src/cli/commands/train.ts";
import { followOn } from "../../src/cli/follow.ts";
import type { Session } from "../../src/cli/session.ts";
import { metricsFromCsv } from "../../src/experiment/metrics.ts";
import { parseSpecJson } from "../../src/experiment/parse-spec.ts";
import { readSafetensors } from "../../src/experiment/safetensors/read-safetensors.ts";
import { writeSafetensors } from "../../src/experiment/safetensors/write-safetensors.ts";
import { surfaceFromFiles } from "../../src/experiment/surface-files.ts";
import { jobTable } from "../../src/jobs/job-table.ts";
import { createNodePlatform } from "../../src/jobs/platform/node.ts";
import { createWorkbench } from "../../src/jobs/workbench.ts";
import { createInProcessRunner } from "../../src/protocol/in-process.ts";
import { createRoundingBackend } from "../training/small-problem.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "basin-cli-"));
});
afterAll(() => rm(folder, { recursive: true }));

const spec = {
  model: { name: "mlp", hidden: [6], activation: "tanh" },
  data: { source: "synthetic", train: { count: 30, select: "balanced" }, test: { count: 10 } },
  training: { learningRate: 0.02, batchSize: 10, epochs: 3 },
};

interface TestSession extends Session {
  readonly printed: unknown[];
  readonly said: string[];
  interrupt(): void;
}

/** A session whose results and words are kept; `onSay` sees every line. */
function createTestSession(onSay: (line: string, session: TestSession) => void = () => {}): TestSession {
  const platform = { ...createNodePlatform(), createBackend: async () => ({ backend: createRoundingBackend() }) };
  const runner = createInProcessRunner({
    jobs: jobTable,
    workbench: createWorkbench(platform),
  });
  let cancel = () => {};
  const session: TestSession = {
    follow: followOn(runner, (listener) => {
      cancel = listener;
      return () => {};
    }),
    printed: [],
    said: [],
    announceBackend: async () => {},
    say(line) {
      session.said.push(line);
      onSay(line, session);
    },
    sayProgress: (line) => session.say(line),
    print: (result) => session.printed.push(result),
    printText: (text) => session.printed.push(text),
    interrupt: () => cancel(),
  };
  return session;
}

async function writeSpec(name: string, contents: unknown = spec): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, JSON.stringify(contents));
  return path;
}
const on = { backend: "reference" } as const;
const surfaceDefaults: Omit<SurfaceOptions, "checkpoint" | "out"> = {
  grid: "5x3",
  range: "-1:1",
  normalize: "filter",
  biases: "ignore",
  batchNorm: "frozen",
  subset: "train",
  orthogonalize: false,
  quadratic: false,
  seed: 1,
  ...on,
};

describe("train", () => {
  it("leaves the run's files, and what evaluates to its last metrics", async () => {
    const run = join(folder, "run");
    const session = createTestSession();
    expect(await train(await writeSpec("spec.json"), { out: run, ...on }, session)).toBe(0);
    expect((await readdir(run)).sort()).toEqual([
      "checkpoint.safetensors",
      "metrics.csv",
      "optimizer.safetensors",
      "spec.json",
    ]);
    expect(parseSpecJson(await readFile(join(run, "spec.json"), "utf8")).training.epochs).toBe(3);
    const metrics = metricsFromCsv(await readFile(join(run, "metrics.csv"), "utf8"));
    expect(metrics.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(session.printed).toEqual([expect.objectContaining({ status: "complete", steps: 9, epochs: 3 })]);

    const checkpoint = join(run, "checkpoint.safetensors");
    const gradient = join(folder, "gradient.safetensors");
    const other = createTestSession();
    expect(await evaluate({ checkpoint, subset: "train", gradient, ...on }, other)).toBe(0);
    const [figures] = other.printed as { loss: number; accuracy: number; count: number }[];
    expect(figures.count).toBe(30);
    expect(figures.loss).toBe(metrics[2].trainLoss);
    const names = readSafetensors(await readFile(gradient)).tensors.map(({ name }) => name);
    expect(names).toEqual(["layers.0.weight", "layers.0.bias", "layers.2.weight", "layers.2.bias"]);
  });

  it("stops at Ctrl-C with what is done, and goes on to the same end", async () => {
    const path = await writeSpec("resume.json", { ...spec, training: { ...spec.training, epochs: 30 } });
    const [whole, cut] = [join(folder, "whole"), join(folder, "cut")];
    await train(path, { out: whole, ...on }, createTestSession());
    const session = createTestSession((line, { interrupt }) => {
      if (line.startsWith("epoch 1")) interrupt();
    });
    expect(await train(path, { out: cut, ...on }, session)).toBe(130);
    const [{ steps }] = session.printed as { steps: number }[];
    expect(steps).toBeGreaterThanOrEqual(3);
    expect(steps).toBeLessThan(90);
    expect(await train(undefined, { resume: cut, ...on }, createTestSession())).toBe(0);
    for (const name of ["checkpoint.safetensors", "optimizer.safetensors"]) {
      const [a, b] = await Promise.all(
        [whole, cut].map(async (run) => readSafetensors(await readFile(join(run, name)))),
      );
      expect(a.tensors.length).toBeGreaterThan(0);
      expect(b.tensors).toEqual(a.tensors);
    }
  });

  it("overrides the seeds, and only those of the weights and of the order", async () => {
    const run = join(folder, "seeded");
    await train(await writeSpec("seed.json"), { out: run, seed: 7, ...on }, createTestSession());
    const { init, training, data } = parseSpecJson(await readFile(join(run, "spec.json"), "utf8"));
    expect([init.seed, training.seed, data.train.seed]).toEqual([7, 7, 0]);
  });

  it("ends with a code of its own when the loss is no longer finite", async () => {
    // Weight decay at this rate multiplies the weights by −99 a step.
    const training = { ...spec.training, learningRate: 100, weightDecay: 1, epochs: 20, schedule: "constant" };
    const path = await writeSpec("wild.json", { ...spec, model: { name: "mlp", hidden: [] }, training });
    const session = createTestSession();
    expect(await train(path, { out: join(folder, "wild"), ...on }, session)).toBe(3);
    expect(session.said.join("\n")).toMatch(/Training stopped at step \d+ of 60 .* is kept/);
    expect(session.printed).toEqual([expect.objectContaining({ status: "non-finite" })]);
    const { tensors } = readSafetensors(await readFile(join(folder, "wild", "checkpoint.safetensors")));
    expect(tensors.every(({ data }) => data.every(Number.isFinite))).toBe(true);
  });

  it("does not overwrite a run", async () => {
    const path = await writeSpec("twice.json");
    const run = join(folder, "twice");
    await train(path, { out: run, ...on }, createTestSession());
    await expect(train(path, { out: run, ...on }, createTestSession())).rejects.toThrow(
      `Go on with it by --resume ${run}`,
    );
  });

  it("refuses a specification with every problem in it, by exit code 2", async () => {
    const path = await writeSpec("bad.json", { ...spec, training: { epochs: -1, momentun: 0.9, batchSize: 500 } });
    const error = await train(path, { out: join(folder, "bad"), ...on }, createTestSession()).catch((reason) => reason);
    expect(exitCodeOf(error)).toBe(2);
    expect(error.message).toContain(path);
    for (const word of ["epochs", "momentun"]) expect(error.message).toContain(word);
    expect((await readdir(folder)).includes("bad")).toBe(false);
  });

  it("says what is missing", async () => {
    await expect(train(undefined, on, createTestSession())).rejects.toBeInstanceOf(CliError);
    await expect(train(join(folder, "nowhere.json"), { out: "x", ...on }, createTestSession())).rejects.toThrow(
      "nowhere.json",
    );
    const cifar = await writeSpec("cifar.json", {
      ...spec,
      data: { source: "cifar10", path: join(folder, "no-images") },
    });
    await expect(train(cifar, { out: join(folder, "c"), ...on }, createTestSession())).rejects.toThrow("no-images");
  });
});

describe("surface", () => {
  let checkpoint = "";
  beforeEach(async () => {
    const run = join(folder, "for-surfaces");
    checkpoint = join(run, "checkpoint.safetensors");
    if (!(await readdir(folder)).includes("for-surfaces"))
      await train(await writeSpec("s.json"), { out: run, ...on }, createTestSession());
  });

  it("writes the grid, row-major with beta slow, and its centre is the checkpoint's loss", async () => {
    const out = join(folder, "surface");
    const session = createTestSession();
    const options = { ...surfaceDefaults, checkpoint, out, x: "random:1", y: "random:2" };
    expect(await surface(options, session)).toBe(0);
    const files = await Promise.all([readFile(join(out, "surface.json"), "utf8"), readFile(join(out, "surface.npz"))]);
    const { values, report } = surfaceFromFiles(...files);
    expect([values.columns, values.rows]).toEqual([5, 3]);
    expect(report.request).toMatchObject({ x: "random:1", y: "random:2", normalization: "filter" });
    const other = createTestSession();
    await evaluate({ checkpoint, subset: "train", ...on }, other);
    expect(values.loss[7]).toBe((other.printed as { loss: number }[])[0].loss);
    expect(session.printed).toEqual([
      expect.objectContaining({ columns: 5, rows: 3, evaluations: 15, status: "complete" }),
    ]);
  });

  it("takes a direction from a file: along −θ with no scaling, α = 1 is the net of zeros", async () => {
    const { tensors } = readSafetensors(await readFile(checkpoint));
    const negated = tensors.map((tensor) => ({ ...tensor, data: tensor.data.map((value) => -value) }));
    const path = join(folder, "back.safetensors");
    await writeFile(path, writeSafetensors({ tensors: negated, metadata: {} }));
    const out = join(folder, "line");
    const options = {
      ...surfaceDefaults,
      checkpoint,
      out,
      x: `file:${path}`,
      normalize: "none",
      biases: "include",
    } as const;
    expect(await surface({ ...options, range: "0:1" }, createTestSession())).toBe(0);
    const files = await Promise.all([readFile(join(out, "surface.json"), "utf8"), readFile(join(out, "surface.npz"))]);
    const { values } = surfaceFromFiles(...files);
    expect([values.columns, values.rows]).toEqual([5, 1]);
    expect(values.loss[4]).toBeCloseTo(Math.log(10), 12);
  });

  it("refuses a direction of another shape, and texts it cannot read", async () => {
    const path = join(folder, "short.safetensors");
    const tensor = { name: "layers.0.weight", shape: [2, 2], data: new Float32Array(4) };
    await writeFile(path, writeSafetensors({ tensors: [tensor], metadata: {} }));
    const attempt = (changes: Partial<SurfaceOptions>) =>
      surface({ ...surfaceDefaults, checkpoint, out: join(folder, "never"), ...changes }, createTestSession());
    await expect(attempt({ x: `file:${path}` })).rejects.toThrow(
      /short\.safetensors: .*layers\.0\.weight is \[2, 2\], not \[6, 3072\]/,
    );
    await expect(attempt({ x: "gaussian" })).rejects.toThrow("--x");
    await expect(attempt({ grid: "0x4" })).rejects.toThrow("--grid");
    await expect(attempt({ range: "1:-1" })).rejects.toThrow("--range");
    expect((await readdir(folder)).includes("never")).toBe(false);
  });

  it("keeps the partial grid at Ctrl-C", async () => {
    const out = join(folder, "partial");
    const session = createTestSession((line, { interrupt }) => {
      if (line.includes(" of 81 points")) interrupt();
    });
    expect(await surface({ ...surfaceDefaults, checkpoint, out, grid: "9x9" }, session)).toBe(130);
    const files = await Promise.all([readFile(join(out, "surface.json"), "utf8"), readFile(join(out, "surface.npz"))]);
    const { values, report } = surfaceFromFiles(...files);
    expect(report.status).toBe("cancelled");
    expect(values.measured.filter((cell) => cell === 1).length).toBe(report.evaluations);
  });
});

/** A path on the command line: recorded by train, projected by trajectory and surface. */
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SurfaceOptions, surface } from "../../src/cli/commands/surface.ts";
import { train } from "../../src/cli/commands/train.ts";
import { trajectory } from "../../src/cli/commands/trajectory.ts";
import { followOn } from "../../src/cli/follow.ts";
import type { Session } from "../../src/cli/session.ts";
import { parseTable } from "../../src/experiment/csv.ts";
import { readNpz } from "../../src/experiment/numpy/npz.ts";
import { readSafetensors } from "../../src/experiment/safetensors/read-safetensors.ts";
import { surfaceFromFiles } from "../../src/experiment/surface-files.ts";
import { createTestRunner } from "../jobs/in-memory.ts";
import { createRoundingBackend } from "../training/small-problem.ts";

const on = { backend: "reference" } as const;
const columns = ["step", "alpha", "beta", "offPlane", "loss", "lossError", "accuracy"];
const spec = {
  model: { name: "mlp", hidden: [6], activation: "tanh" },
  data: { source: "synthetic", train: { count: 30, select: "balanced" }, test: { count: 10 } },
  training: { learningRate: 0.02, batchSize: 10, epochs: 3 },
};
const plane: Omit<SurfaceOptions, "out"> = {
  x: "pca:1",
  y: "pca:2",
  grid: "5x5",
  range: "path",
  normalize: "none",
  biases: "include",
  batchNorm: "frozen",
  subset: "train",
  orthogonalize: false,
  quadratic: false,
  seed: 1,
  ...on,
};

function createTestSession(onSay: (line: string, interrupt: () => void) => void = () => {}) {
  const runner = createTestRunner({ createBackend: async () => ({ backend: createRoundingBackend() }) });
  let interrupt = () => {};
  const printed: unknown[] = [];
  const said: string[] = [];
  const say = (line: string) => {
    said.push(line);
    onSay(line, interrupt);
  };
  const session: Session & { readonly printed: unknown[]; readonly said: string[] } = {
    follow: followOn(runner, (cancel) => {
      interrupt = cancel;
      return () => {};
    }),
    printed,
    said,
    announceBackend: async () => {},
    say,
    sayProgress: say,
    print: (result) => printed.push(result),
    printText: (text) => printed.push(text),
  };
  return session;
}

let folder = "";
let specPath = "";
let run = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "basin-path-"));
  specPath = join(folder, "spec.json");
  run = join(folder, "run");
  await writeFile(specPath, JSON.stringify(spec));
  await train(specPath, { out: run, recordEvery: 2, recordBudget: 8, ...on }, createTestSession());
});
afterAll(() => rm(folder, { recursive: true }));

const pointNames = async (path: string) =>
  (await readdir(path)).filter((name) => name.startsWith("trajectory-")).sort();
const readPath = async (path: string) =>
  parseTable(await readFile(join(path, "path.csv"), "utf8"), columns, "path.csv").map((row) =>
    Object.fromEntries(columns.map((name, k) => [name, row[k]])),
  );

describe("train with a recording", () => {
  it("leaves a file for each point, the first and the last step included", async () => {
    expect(await pointNames(run)).toEqual([0, 2, 4, 6, 8, 9].map((step) => `trajectory-00000${step}.safetensors`));
    const [last, end] = await Promise.all(
      ["trajectory-000009.safetensors", "checkpoint.safetensors"].map((name) => readFile(join(run, name))),
    );
    expect(last.equals(end)).toBe(true);
  });

  it("trains the same without one", async () => {
    const plain = join(folder, "plain");
    await train(specPath, { out: plain, ...on }, createTestSession());
    const [a, b] = await Promise.all(
      [run, plain].map(async (path) => readSafetensors(await readFile(join(path, "checkpoint.safetensors"))).tensors),
    );
    expect(a).toEqual(b);
  });

  it("cut off and resumed it leaves the same points", async () => {
    const path = join(folder, "longer.json");
    await writeFile(path, JSON.stringify({ ...spec, training: { ...spec.training, epochs: 30 } }));
    const [whole, cut] = [join(folder, "whole"), join(folder, "cut")];
    await train(path, { out: whole, recordEvery: 4, ...on }, createTestSession());
    const session = createTestSession((line, interrupt) => line.startsWith("epoch 1") && interrupt());
    expect(await train(path, { out: cut, recordEvery: 4, ...on }, session)).toBe(130);
    const names = await pointNames(whole);
    expect(names.length).toBe(24);
    expect((await pointNames(cut)).length).toBeLessThan(24);
    await train(undefined, { resume: cut, ...on }, createTestSession());
    expect(await pointNames(cut)).toEqual(names);
    for (const name of names)
      expect((await readFile(join(cut, name))).equals(await readFile(join(whole, name)))).toBe(true);
  });

  it("says that a budget holds no path, and trains all the same", async () => {
    const session = createTestSession();
    const small = { out: join(folder, "small"), recordEvery: 1, recordBudget: 0.1, ...on };
    expect(await train(specPath, small, session)).toBe(0);
    expect(session.said).toContainEqual(expect.stringMatching(/^recording nothing: .* fewer than 3 points$/));
    expect(await pointNames(small.out)).toEqual([]);
    await expect(trajectory(small.out, { ...plane, out: join(folder, "none") }, createTestSession())).rejects.toThrow(
      /It holds no recorded points\. Train with --record-every/,
    );
    await expect(train(specPath, { out: run, recordBudget: 5, ...on }, session)).rejects.toThrow(/holds a run already/);
    await expect(train(specPath, { out: join(folder, "x"), recordBudget: 5, ...on }, session)).rejects.toThrow(
      /Say how often with --record-every/,
    );
  });
});

describe("trajectory", () => {
  it("writes the principal plane and the path in it, with the losses that the run had", async () => {
    const out = join(folder, "plane");
    const session = createTestSession();
    expect(await trajectory(run, { ...plane, out }, session)).toBe(0);
    const path = await readPath(out);
    expect(path.map(({ step }) => step)).toEqual([0, 2, 4, 6, 8, 9]);
    expect(path[5]).toMatchObject({ alpha: 0, beta: 0, offPlane: 0 });
    const metrics = (await readFile(join(run, "metrics.csv"), "utf8")).trim().split("\n");
    expect(path[3].loss).toBe(Number(metrics[2].split(",")[3]));
    expect(path[5].loss).toBe(Number(metrics[3].split(",")[3]));
    const document = JSON.parse(await readFile(join(out, "trajectory.json"), "utf8"));
    expect(document.explained.reduce((sum: number, part: number) => sum + part, 0)).toBeCloseTo(1, 12);
    expect(document.path.alpha).toEqual(path.map(({ alpha }) => alpha));
    const arrays = readNpz(await readFile(join(out, "trajectory.npz")), "trajectory.npz");
    expect([...arrays.offPlane.data]).toEqual(path.map(({ offPlane }) => offPlane));
    expect(session.printed).toEqual([expect.objectContaining({ points: 6, subset: "train", batchNorm: "frozen" })]);
  });
});

describe("surface along a path", () => {
  it("fits the grid to the path and gives the path beside it", async () => {
    const out = join(folder, "surface");
    expect(await surface({ ...plane, run, out }, createTestSession())).toBe(0);
    const [json, npz] = await Promise.all(["surface.json", "surface.npz"].map((name) => readFile(join(out, name))));
    const { values, report } = surfaceFromFiles(json.toString("utf8"), npz);
    expect([report.request.x, report.request.y]).toEqual(["pca:1", "pca:2"]);
    const path = await readPath(out);
    for (const name of ["alpha", "beta"] as const) {
      expect(Math.min(...path.map((point) => point[name]))).toBeGreaterThan(values[name][0]);
      expect(Math.max(...path.map((point) => point[name]))).toBeLessThan(values[name][4]);
    }
  });

  it("is the same plane by the directions that trajectory wrote", async () => {
    const [byName, byFile, found] = ["by-name", "by-file", "found"].map((name) => join(folder, name));
    await trajectory(run, { ...plane, out: found }, createTestSession());
    const file = (k: number) => `file:${join(found, `pca-${k}.safetensors`)}`;
    const given = { ...plane, run, range: "-1:1", grid: "3x3", path: true };
    await surface({ ...given, out: byName }, createTestSession());
    await surface({ ...given, x: file(1), y: file(2), out: byFile }, createTestSession());
    const [a, b] = await Promise.all(
      [byName, byFile].map(async (path) => readNpz(await readFile(join(path, "surface.npz")), "surface.npz")),
    );
    expect([...a.loss.data]).toEqual([...b.loss.data]);
    expect(await readPath(byName)).toEqual(await readPath(byFile));
  });

  it("says what is missing, and that a scaled plane does not hold the path", async () => {
    const out = join(folder, "refused");
    await expect(surface({ ...plane, out }, createTestSession())).rejects.toThrow(/name its folder with --run/);
    await expect(surface({ ...plane, range: "-1:1", out }, createTestSession())).rejects.toThrow(
      /Give the plane's centre: --checkpoint FILE, or --run FOLDER/,
    );
    const checkpoint = join(run, "checkpoint.safetensors");
    await expect(surface({ ...plane, checkpoint, range: "-1:1", out }, createTestSession())).rejects.toThrow(
      /pca:N is a direction of a run's recorded path\. Name the run's folder with --run/,
    );
    const session = createTestSession();
    await surface({ ...plane, run, normalize: "filter", range: "-1:1", grid: "1x1", out }, session);
    expect(session.said).toContainEqual(expect.stringMatching(/the plane does not hold the path/));
  });

  it("names a point's file that is of another step than its name says", async () => {
    const [from, to] = ["trajectory-000002.safetensors", "trajectory-000005.safetensors"];
    await copyFile(join(run, from), join(run, to));
    await expect(surface({ ...plane, run, out: join(folder, "odd") }, createTestSession())).rejects.toThrow(
      /trajectory-000005\.safetensors: It is of step 2/,
    );
    await rm(join(run, to));
  });
});

/** The comparing commands as processes, on small nets from two initialisations. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Barrier, PlaneMark } from "../../src/experiment/comparison.ts";
import { readNpz } from "../../src/experiment/numpy/npz.ts";
import { resultOf } from "./run-basin.ts";

const on = ["--backend", "reference"];
let folder = "";
let checkpoints: string[] = [];

const readJson = async (...path: string[]) =>
  JSON.parse(await readFile(join(folder, ...path), "utf8")) as Record<string, unknown>;
const lossOf = async (checkpoint: string, subset: string) =>
  (await resultOf("evaluate", "--checkpoint", checkpoint, "--subset", subset, ...on)).loss as number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "basin-comparison-"));
  const spec = join(folder, "spec.json");
  await writeFile(
    spec,
    JSON.stringify({
      model: { name: "mlp", hidden: [6], activation: "relu", classes: 10 },
      data: { source: "synthetic", train: { count: 20, select: "balanced" }, test: { count: 10 } },
      training: { learningRate: 0.02, batchSize: 10, epochs: 2 },
    }),
  );
  const train = async (seed: string) => {
    const out = join(folder, `run${seed}`);
    await resultOf("train", spec, "--out", out, "--seed", seed, ...on);
    return join(out, "checkpoint.safetensors");
  };
  checkpoints = [await train("1"), await train("2"), await train("3")];
});
afterAll(() => rm(folder, { recursive: true }));

describe("comparing commands", () => {
  it("measure distances, and match one model to another without changing its function", async () => {
    const [a, b, c] = checkpoints;
    const out = join(folder, "distances.json");
    const found = await resultOf("distances", "--checkpoints", `${a},${b},${c}`, "--out", out, "--match", ...on);
    expect(found).toEqual(await readJson("distances.json"));
    const { distance, matchedDistance } = found as { distance: number[][]; matchedDistance: number[][] };
    expect(found.labels).toEqual(checkpoints);
    expect(matchedDistance[0][1]).toBeLessThan(distance[0][1]);

    const permuted = join(folder, "permuted.safetensors");
    const matching = await resultOf("match", "--from", a, "--to", b, "--out", permuted, ...on);
    expect(matching.distanceBefore).toBeCloseTo(distance[0][1], 9);
    expect(matching.distanceAfter).toBeCloseTo(matchedDistance[0][1], 9);
    const { permutations } = await readJson("permuted.json");
    expect([...(permutations as Record<string, number[]>)["layers.0"]].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await lossOf(permuted, "test")).toBeCloseTo(await lossOf(b, "test"), 9);
  });

  it("draw a line whose ends are the models", async () => {
    const [a, b] = checkpoints;
    const out = join(folder, "line");
    const printed = await resultOf("line", "--from", a, "--to", b, "--points", "5", "--match", "--out", out, ...on);
    const { raw, matched } = await readJson("line", "line.json");
    const { t, test } = raw as { t: number[]; test: { loss: number[]; barrier: Barrier } };
    expect(t).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(test.loss[0]).toBeCloseTo(await lossOf(a, "test"), 9);
    expect(test.loss[4]).toBeCloseTo(await lossOf(b, "test"), 9);
    expect((matched as typeof raw & { test: { loss: number[] } }).test.loss[4]).toBeCloseTo(test.loss[4], 9);
    expect(printed.raw).toMatchObject({ test: { barrier: test.barrier } });
    const arrays = readNpz(await readFile(join(out, "line.npz")), "line.npz");
    expect([...arrays.raw_test_loss.data]).toEqual(test.loss);
    const [header, first] = (await readFile(join(out, "line.csv"), "utf8")).split("\n");
    expect(header.split(",").slice(0, 3)).toEqual(["t", "raw_train_loss", "raw_train_lossError"]);
    expect(Number(first.split(",")[4])).toBe(test.loss[0]);
  });

  it("train a curve, whose control point spans a plane with the models", async () => {
    const [a, b] = checkpoints;
    const out = join(folder, "curve");
    const options = ["--epochs", "4", "--learning-rate", "0.01", "--points", "3", "--out", out];
    const printed = await resultOf("curve", "--from", a, "--to", b, ...options, ...on);
    expect([printed.status, printed.steps]).toEqual(["complete", 8]);
    const { curve, request } = await readJson("curve", "curve.json");
    expect(request).toEqual({ kind: "bezier", controls: 1, epochs: 4, learningRate: 0.01, seed: 1 });
    const { test } = curve as { test: { loss: number[] } };
    expect(test.loss[2]).toBeCloseTo(await lossOf(b, "test"), 9);
    const through = [a, join(out, "control1.safetensors"), b].join(",");
    const plane = await resultOf(
      "plane",
      "--through",
      through,
      "--grid",
      "1x1",
      "--out",
      join(folder, "around"),
      ...on,
    );
    expect((plane.marks as PlaneMark[])[1].beta).toBeGreaterThan(0);
  });

  it("draw the plane through three models, marked", async () => {
    const out = join(folder, "plane");
    const through = ["--through", checkpoints.join(",")];
    const printed = await resultOf("plane", ...through, "--grid", "3x3", "--subset", "test", "--out", out, ...on);
    const { marks, loss } = (await readJson("plane", "surface.json")) as { marks: PlaneMark[]; loss: number[][] };
    expect(printed.marks).toEqual(marks);
    expect(loss.flat().every(Number.isFinite)).toBe(true);
    for (const [k, checkpoint] of checkpoints.entries()) {
      const own = await lossOf(checkpoint, "test");
      expect(Math.abs(marks[k].inPlane.loss / own - 1)).toBeLessThan(1e-6);
    }
  });

  it("end with 3 where a curve's loss is not finite", async () => {
    const [a, b] = checkpoints;
    const wild = ["--learning-rate", "1e30", "--out", join(folder, "wild")];
    await expect(resultOf("curve", "--from", a, "--to", b, ...wild, ...on)).rejects.toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/The curve's loss became (NaN|Infinity) at step \d+/),
    });
  });

  it("refuse what has no answer", async () => {
    const [a, b] = checkpoints;
    const out = join(folder, "none");
    await expect(resultOf("plane", "--through", `${a},${b}`, "--out", out)).rejects.toThrow(/names 2 checkpoints/);
    await expect(resultOf("plane", "--through", `${a},${b},${a}`, "--out", out, ...on)).rejects.toThrow(/on one line/);
    await expect(resultOf("match", "--from", a, "--to", b, "--out", out)).rejects.toThrow(/ends in .safetensors/);
    await expect(resultOf("line", "--from", a, "--to", b, "--points", "1", "--out", out)).rejects.toThrow(/from 2/);
    const wide = join(folder, "wide.json");
    const spec = {
      ...JSON.parse(await readFile(join(folder, "spec.json"), "utf8")),
      model: { name: "mlp", hidden: [7] },
    };
    await writeFile(wide, JSON.stringify(spec));
    await resultOf("train", wide, "--out", join(folder, "wide"), ...on);
    const other = join(folder, "wide", "checkpoint.safetensors");
    await expect(resultOf("line", "--from", a, "--to", other, "--out", out)).rejects.toThrow(/nothing between weights/);
    const distances = await resultOf("distances", "--checkpoints", a, other, "--out", `${out}.json`, ...on);
    expect(distances.distance).toEqual([
      [0, null],
      [null, 0],
    ]);
    // Who is right more often differs at least in the difference; where both are right they agree.
    const accuracyOf = async (file: string) =>
      (await resultOf("evaluate", "--checkpoint", file, "--subset", "test", ...on)).accuracy as number;
    const [right, otherRight] = [await accuracyOf(a), await accuracyOf(other)];
    const [[, disagreement], [mirrored]] = distances.disagreement as number[][];
    expect(mirrored).toBe(disagreement);
    expect(disagreement).toBeGreaterThanOrEqual(Math.abs(right - otherRight) - 1e-9);
    expect(disagreement).toBeLessThanOrEqual(2 - right - otherRight + 1e-9);
  });
});

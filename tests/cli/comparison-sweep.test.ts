/** `sweep`: its runs' folders, and what it does not do twice. */
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runBasin } from "./run-basin.ts";

let folder = "";
let sweep = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "basin-sweep-"));
  sweep = join(folder, "sweep.json");
  const base = {
    model: { name: "mlp", hidden: [4] },
    data: { source: "synthetic", train: { count: 20, select: "balanced" }, test: { count: 10 } },
    init: { scheme: "gaussian" },
    training: { learningRate: 0.02, batchSize: 10, epochs: 2 },
  };
  await writeFile(sweep, JSON.stringify({ base, axes: { std: [0.1, 0.01], seed: [1, 2] } }));
});
afterAll(() => rm(folder, { recursive: true }));

async function basin(...args: string[]) {
  const { stdout, stderr } = await runBasin("sweep", sweep, ...args, "--backend", "reference");
  return { result: JSON.parse(stdout) as { finished: number; results: { changes: object; epochs: number }[] }, stderr };
}

describe("sweep", () => {
  it("trains every combination without compiling twice, and skips what is finished", async () => {
    const out = join(folder, "runs");
    const { result, stderr } = await basin("--out", out);
    expect(result.finished).toBe(4);
    expect(result.results.map(({ changes }) => changes)).toEqual([
      { std: 0.1, seed: 1 },
      { std: 0.1, seed: 2 },
      { std: 0.01, seed: 1 },
      { std: 0.01, seed: 2 },
    ]);
    const counts = [...stderr.matchAll(/(\d+) programs compiled/g)].map(([, count]) => Number(count));
    expect(counts).toEqual([counts[0], 0, 0, 0]);
    expect(counts[0]).toBeGreaterThan(0);
    const names = await readdir(out);
    expect(names.sort()).toEqual(["std-0.01_seed-1", "std-0.01_seed-2", "std-0.1_seed-1", "std-0.1_seed-2"]);
    const lost = join(out, "std-0.1_seed-2");
    const files = ["checkpoint.safetensors", "metrics.csv", "optimizer.safetensors", "spec.json"];
    expect((await readdir(lost)).filter((name) => files.includes(name)).sort()).toEqual(files);

    const weights = await readFile(join(lost, files[0]));
    await rm(lost, { recursive: true });
    const again = await basin("--out", out);
    expect(again.stderr.match(/finished before/g)).toHaveLength(3);
    expect(again.result.results.map(({ epochs }) => epochs)).toEqual([2, 2, 2, 2]);
    expect((await readFile(join(lost, files[0]))).equals(weights)).toBe(true);

    await rm(lost, { recursive: true });
    await rename(join(out, "std-0.1_seed-1"), lost);
    const foreign = await readFile(join(lost, files[0]));
    const beside = await basin("--out", out);
    expect(beside.stderr).toMatch(
      /σ 0\.1, seed 2: std-0\.1_seed-2 holds a run of another specification; this one is in/,
    );
    expect((await readFile(join(lost, files[0]))).equals(foreign)).toBe(true);
    expect((await readFile(join(`${lost}-2`, files[0]))).equals(weights)).toBe(true);
    expect((await basin("--out", out)).stderr.match(/finished before/g)).toHaveLength(4);
  });

  it("says what is wrong with a sweep before anything runs", async () => {
    const good = sweep;
    sweep = join(folder, "bad.json");
    const { base } = JSON.parse(await readFile(good, "utf8")) as { base: object };
    await writeFile(sweep, JSON.stringify({ base, axes: { batchSize: [10, 50] } }));
    await expect(basin("--out", join(folder, "bad"))).rejects.toThrow(/batchSize/);
    sweep = good;
  });
});

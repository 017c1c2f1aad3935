/** Sweeps as processes on float32, in which checkpoints lose nothing, that are killed, stopped, and begun again; and run folders of two people in one git repository. */
import { execFile, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readSafetensors } from "../../src/experiment/safetensors/read-safetensors.ts";
import { createTestRunner } from "../jobs/in-memory.ts";
import { commandLine, resultOf, root } from "./run-basin.ts";

const run = promisify(execFile);
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "basin-sweep-interrupted-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function writeSweep(name: string, seeds: readonly number[], epochs: number): Promise<string> {
  const path = join(folder, name);
  const base = {
    model: { name: "mlp", hidden: [16] },
    data: { source: "synthetic", train: { count: 40, select: "balanced" }, test: { count: 10 } },
    training: { learningRate: 0.02, batchSize: 10, epochs },
  };
  await writeFile(path, JSON.stringify({ base, axes: { seed: seeds } }));
  return path;
}

/** Runs a sweep; sends `signal` once what it said matches `when`. Resolves with its exit code (null when killed) and stderr. */
function sweep(path: string, out: string, stop?: { readonly when: RegExp; readonly signal: "SIGKILL" | "SIGINT" }) {
  const args = commandLine("sweep", path, "--out", out, "--backend", "tfjs");
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  let isSent = false;
  child.stderr.on("data", (text: Buffer) => {
    said += text.toString();
    if (stop && !isSent && stop.when.test(said)) isSent = child.kill(stop.signal);
  });
  return new Promise<{ code: number | null; said: string }>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, said }));
  });
}

/** Weights, the optimiser's moments, losses of all steps and the metrics, without the times. */
async function figuresOf(run: string) {
  const read = (name: string) => readFile(join(run, name));
  const lines = (await read("metrics.csv")).toString().trim().split("\n");
  const { tensors } = readSafetensors(await read("optimizer.safetensors"));
  return {
    checkpoint: (await read("checkpoint.safetensors")).toString("base64"),
    moments: tensors.map(({ name, data }) => [name, ...data]),
    metrics: lines.map((line) => line.split(",").slice(0, -1).join(",")),
  };
}

it("goes on after a kill and after Ctrl-C with what is missing only, and ends in the same bits", async () => {
  const path = await writeSweep("seeds.json", [1, 2, 3], 100);
  const [whole, broken] = [join(folder, "whole"), join(folder, "broken")];
  expect((await sweep(path, whole)).code).toBe(0);

  const killed = await sweep(path, broken, { when: /2 of 3.*epoch 3:/s, signal: "SIGKILL" });
  expect(killed.code).toBeNull();
  expect(killed.said).not.toMatch(/epoch 100:.*epoch 100:/s);
  const finished = await readFile(join(broken, "seed-1", "optimizer.safetensors"));

  const stopped = await sweep(path, broken, { when: /3 of 3.*epoch 3:/s, signal: "SIGINT" });
  expect(stopped.code).toBe(130);
  expect(stopped.said).toMatch(/1 of 3, .*finished before.*2 of 3, .*: new.*3 of 3, .*: new/s);

  const last = await sweep(path, broken);
  expect(last.code).toBe(0);
  expect(last.said.match(/finished before/g)).toHaveLength(2);
  expect(Number(last.said.match(/3 of 3, .*: from step (\d+)/)?.[1])).toBeGreaterThanOrEqual(12);
  expect((await readFile(join(broken, "seed-1", "optimizer.safetensors"))).equals(finished)).toBe(true);

  const names = (await readdir(whole)).sort();
  expect(names).toEqual(["seed-1", "seed-2", "seed-3"]);
  expect((await readdir(broken)).sort()).toEqual(names);
  for (const name of names) expect(await figuresOf(join(broken, name))).toEqual(await figuresOf(join(whole, name)));
});

it("leaves run folders that two people merge with git, and every run reads back", async () => {
  const repository = join(folder, "repository");
  const git = (...args: string[]) =>
    run("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", "-C", repository, ...args]);
  await run("git", ["init", "--quiet", "--initial-branch", "main", repository]);
  await git("commit", "--quiet", "--allow-empty", "-m", "empty");
  const people = [
    { name: "one", seeds: [1, 2] },
    { name: "other", seeds: [3, 4] },
  ];
  for (const { name, seeds } of people) {
    await git("checkout", "--quiet", "-b", name, "main");
    const path = await writeSweep(`${name}.json`, seeds, 2);
    // Into one folder, and each into one of their own, where both have a run of the same name.
    await resultOf("sweep", path, "--out", join(repository, "runs"), "--backend", "tfjs");
    const own = await writeSweep(`${name}-again.json`, [7], seeds[0]);
    await resultOf("sweep", own, "--out", join(repository, name), "--backend", "tfjs");
    await git("add", ".");
    await git("commit", "--quiet", "-m", name);
  }
  await git("merge", "--no-edit", "one");
  expect((await git("status", "--porcelain")).stdout).toBe("");

  const runner = createTestRunner();
  const expected = {
    "runs/seed-1": 2,
    "runs/seed-2": 2,
    "runs/seed-3": 2,
    "runs/seed-4": 2,
    "one/seed-7": 1,
    "other/seed-7": 3,
  };
  for (const [where, epochs] of Object.entries(expected)) {
    const path = join(repository, where);
    const names = await readdir(path);
    const files = Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, Uint8Array.from(await readFile(join(path, name)))] as const)),
    );
    const identity = { id: where, name: where, created: "2026-01-01T00:00:00.000Z" };
    const { record, checkpoint } = await runner.start("importRun", { files, where, identity }).result;
    expect(record.name).toBe(where);
    expect(checkpoint?.step).toBe(4 * epochs);
    expect(checkpoint?.spec.init.seed).toBe(Number(where.split("-")[1]));
    expect(checkpoint?.epochs).toHaveLength(epochs);
  }
});

/** What goes to stdout, what to stderr, and the exit code. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandLine, type Ended, endOf, root } from "./run-basin.ts";

const processOf = (...args: string[]) =>
  new Promise<Ended>((resolve) =>
    execFile(process.execPath, commandLine(...args), { cwd: root }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    ),
  );

describe("basin as a process", () => {
  it("prints a result and nothing else on stdout", async () => {
    const folder = await mkdtemp(join(tmpdir(), "basin-main-"));
    try {
      const spec = {
        model: { name: "mlp", hidden: [4] },
        data: { source: "synthetic", train: { count: 20 }, test: { count: 10 } },
        training: { batchSize: 10, epochs: 1 },
      };
      await writeFile(join(folder, "spec.json"), JSON.stringify(spec));
      const run = join(folder, "run");
      const trained = await processOf("train", join(folder, "spec.json"), "--out", run, "--backend", "tfjs");
      expect([trained.code, JSON.parse(trained.stdout).status]).toEqual([0, "complete"]);
      expect(trained.stderr).toContain("epoch 1");
      const checkpoint = join(run, "checkpoint.safetensors");
      const of = ["--checkpoint", checkpoint, "--spec", join(run, "spec.json"), "--backend", "tfjs"];
      const where = ["--x", "random:1", "--grid", "3", "--range", "-1:1", "--out", join(folder, "out")];
      const line = await processOf("surface", ...of, ...where);
      expect([line.code, JSON.parse(line.stdout).evaluations]).toEqual([0, 3]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("ends with the code of a refusal", async () => {
    const ended = await processOf("train", "nowhere.json", "--out", "x");
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toContain("basin: nowhere.json: It cannot be read");
  });
});

describe("basin", () => {
  it.each([
    [["--help"], 0, "stdout", "surface"],
    [["train", "nowhere.json", "--out", "x"], 2, "stderr", "basin: nowhere.json: It cannot be read"],
    [["train", "--backend", "cuda"], 2, "stderr", "Allowed choices"],
    [["surface", "--out", "x"], 2, "stderr", "--checkpoint"],
  ] as const)("%s ends with code %i", async (args, code, stream, text) => {
    const ended = await endOf(...args);
    expect(ended.code).toBe(code);
    expect(ended[stream]).toContain(text);
    if (code !== 0) expect(ended.stdout).toBe("");
  });
});

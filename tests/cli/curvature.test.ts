/** The curvature commands on the reference backend, against each other and against a trained net's loss. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { QuadraticModel } from "../../src/experiment/curvature.ts";
import { readNpz } from "../../src/experiment/numpy/npz.ts";
import { resultFromJson } from "../../src/experiment/run-folder-results.ts";
import { readSafetensors } from "../../src/experiment/safetensors/read-safetensors.ts";
import { writeSafetensors } from "../../src/experiment/safetensors/write-safetensors.ts";
import { unstackTensors } from "../../src/experiment/stacked-tensors.ts";
import { resultOf } from "./run-basin.ts";

let folder = "";
let checkpoint = "";
const on = ["--backend", "reference"];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "basin-curvature-"));
  const spec = join(folder, "spec.json");
  await writeFile(
    spec,
    JSON.stringify({
      model: { name: "mlp", hidden: [4], activation: "tanh", classes: 10 },
      data: { source: "synthetic", train: { count: 20, select: "balanced" }, test: { count: 10 } },
      training: { learningRate: 0.02, batchSize: 10, epochs: 1 },
    }),
  );
  await resultOf("train", spec, "--out", join(folder, "run"), ...on);
  checkpoint = join(folder, "run", "checkpoint.safetensors");
});
afterAll(() => rm(folder, { recursive: true }));

describe("curvature commands", () => {
  it("finds eigenpairs whose product is λv, and draws a line along one whose curvature is λ", async () => {
    const out = join(folder, "spectrum");
    const options = ["--checkpoint", checkpoint, "--out", out, "--top", "2", "--bottom", "1", "--tolerance", "1e-6"];
    const found = await resultOf("spectrum", ...options, ...on);
    const values = found.eigenvalues as number[];
    expect(found.status).toBe("converged");
    expect(values).toHaveLength(3);
    expect(values[0]).toBeGreaterThan(values[1]);
    expect(values[2]).toBeLessThan(values[1]);

    const { history } = JSON.parse(await readFile(join(out, "spectrum.json"), "utf8")) as {
      history: { products: number[]; pairs: number[]; ritzValues: number[] };
    };
    expect(history.products).toEqual(history.products.map((_, index) => index + 1));
    expect(history.products.at(-1)).toBeLessThanOrEqual(found.products as number);
    expect(history.ritzValues.at(-3)).toBeCloseTo(values[0], 6);

    const { tensors } = readSafetensors(await readFile(join(out, "eigenvectors.safetensors")));
    const [vectorFile, productFile] = [join(folder, "v.safetensors"), join(folder, "hv.safetensors")];
    const vector = unstackTensors(tensors, 0);
    await writeFile(vectorFile, writeSafetensors({ tensors: vector, metadata: {} }));
    const args = ["--checkpoint", checkpoint, "--vector", vectorFile, "--out", productFile];
    const product = await resultOf("product", ...args, ...on);
    expect(product.rayleighQuotient).toBeCloseTo(values[0], 5);
    const image = readSafetensors(await readFile(productFile)).tensors;
    const difference = image.flatMap(({ name, data }) => {
      const own = vector.find((tensor) => tensor.name === name);
      return Array.from(data, (value, i) => value - values[0] * (own?.data[i] ?? Number.NaN));
    });
    expect(Math.hypot(...difference)).toBeLessThan(1e-5 * values[0]);

    const lineOut = join(folder, "line");
    const axes = ["--x", "eigen:1", "--eigenvectors", out];
    const grid = ["--grid", "3x1", "--range", "-0.001:0.001"];
    await resultOf("surface", "--checkpoint", checkpoint, "--out", lineOut, ...axes, ...grid, ...on);
    const { loss } = JSON.parse(await readFile(join(lineOut, "surface.json"), "utf8")) as { loss: number[] };
    const curvature = (loss[0] - 2 * loss[1] + loss[2]) / 0.001 ** 2;
    expect(Math.abs(curvature / values[0] - 1)).toBeLessThan(0.02);
  });

  it("agrees on the trace between Hutchinson, Hutch++ and quadrature", async () => {
    const common = ["--checkpoint", checkpoint, "--operator", "ggn", "--parameters", "*.bias", ...on];
    const plain = await resultOf("trace", ...common, "--probes", "45");
    const sketched = await resultOf("trace", ...common, "--probes", "45", "--method", "hutch++");
    const density = await resultOf(
      "density",
      ...common,
      "--out",
      join(folder, "density"),
      "--probes",
      "4",
      "--steps",
      "14",
    );
    expect(plain.dimension).toBe(14);
    const { mean, standardError } = plain.trace as { mean: number; standardError: number };
    // 14 parameters: the sketch of fifteen spans them all, so that Hutch++ is exact.
    const exact = (sketched.trace as { mean: number }).mean;
    expect(Math.abs(mean - exact)).toBeLessThan(4 * standardError);
    expect(density.smallestNode as number).toBeGreaterThan(-1e-9);
    expect(density.largestNode as number).toBeLessThanOrEqual(exact * (1 + 1e-9));
  });

  it("draws a surface along eigenvectors that it computes itself, with the quadratic model that they make diagonal", async () => {
    const out = join(folder, "along");
    const axes = ["--x", "eigen:1", "--y", "eigen:2"];
    const grid = ["--grid", "3x3", "--range", "-0.001:0.001", "--quadratic"];
    await resultOf("surface", "--checkpoint", checkpoint, "--out", out, ...axes, ...grid, ...on);
    const read = async (name: string) => JSON.parse(await readFile(join(out, name), "utf8")) as unknown;
    const { eigenvalues } = (await read("spectrum.json")) as { eigenvalues: number[] };
    const { loss, quadratic, quadraticModel, report } = (await read("surface.json")) as {
      loss: number[][];
      quadratic: number[][];
      quadraticModel: QuadraticModel;
      report: { request: { x: string; y: string; normalization: string; biases: string }; eigenvalues: number[] };
    };
    expect(report.request).toMatchObject({ x: "eigen:1", y: "eigen:2", normalization: "none", biases: "include" });
    expect(report.eigenvalues).toEqual(eigenvalues);
    const [first, mixed, second] = quadraticModel.hessian;
    expect(first / eigenvalues[0]).toBeCloseTo(1, 4);
    expect(second / eigenvalues[1]).toBeCloseTo(1, 4);
    expect(Math.abs(mixed)).toBeLessThan(2e-3 * first);
    expect(quadraticModel.loss).toBeCloseTo(loss[1][1], 9);
    expect(Math.abs(quadratic[1][2] - loss[1][2])).toBeLessThan(1e-3 * Math.abs(loss[1][2] - loss[1][1]));
    expect(Math.abs(quadratic[0][0] - loss[0][0])).toBeLessThan(1e-3 * Math.abs(loss[0][0] - loss[1][1]));
  });

  it("takes treatment and range from the directions' kinds where none is named", async () => {
    const common = ["--checkpoint", checkpoint, "--eigenvectors", join(folder, "spectrum"), "--grid", "2x2", ...on];
    const surfaceOf = async (name: string, ...options: string[]) => {
      const out = join(folder, name);
      await resultOf("surface", ...common, "--out", out, ...options);
      const { report, alpha, beta } = JSON.parse(await readFile(join(out, "surface.json"), "utf8"));
      return { ...report.request, alpha, beta, norms: report.directionNorms };
    };
    const { eigenvalues } = JSON.parse(await readFile(join(folder, "spectrum", "spectrum.json"), "utf8"));
    const end = Number(Math.sqrt(2 / eigenvalues[0]).toPrecision(2));
    const mixed = await surfaceOf("mixed", "--x", "eigen:1", "--y", "random:3");
    expect(mixed).toMatchObject({ normalization: "by-kind", biases: "by-kind", alpha: [-end, end], beta: [-1, 1] });
    expect(mixed.norms[0]).toBeCloseTo(1, 5);
    const random = await surfaceOf("random", "--x", "random:2", "--y", "random:3");
    expect(random).toMatchObject({ normalization: "filter", biases: "ignore", alpha: [-1, 1], beta: [-1, 1] });
    expect(mixed.norms[1]).toBe(random.norms[1]);
    const named = await surfaceOf(
      "named",
      "--x",
      "eigen:1",
      "--y",
      "eigen:2",
      "--normalize",
      "filter",
      "--range",
      "-2:2",
    );
    expect(named).toMatchObject({ normalization: "filter", biases: "include", alpha: [-2, 2], beta: [-2, 2] });
  });

  it("compares subsets with the full set, layer with layer and points of a plane", async () => {
    const out = join(folder, "comparisons");
    const common = ["--checkpoint", checkpoint, "--out", out, ...on];
    const lines = async (name: string) => (await readFile(join(out, name), "utf8")).trim().split("\n");

    const byLayer = await resultOf("layers", ...common, "--top", "2", "--probes", "3");
    const layers = byLayer.layers as { name: string; largest: number }[];
    expect(layers.map(({ name }) => name)).toEqual(["layers.0", "layers.2"]);
    const [header, first] = await lines("layers.csv");
    expect(header).toBe(
      "layer,dimension,trace,traceError,frobeniusNorm,frobeniusNormError,eigenvalue1,eigenvalue2,residual1,residual2,products,status",
    );
    expect(first.split(",").slice(0, 2)).toEqual(["layers.0", "12292"]);
    expect(Number(first.split(",")[6])).toBe(layers[0].largest);

    const options = ["--top", "2", "--sizes", "10", "20", "--draws", "1", "--resample", "20"];
    const subsets = await resultOf("subsets", ...common, ...options);
    const samples = subsets.samples as { kind: string; size: number; overlap: number }[];
    expect(samples.map(({ kind, size }) => `${kind} ${size}`)).toEqual([
      "full 20",
      "mini-batch 10",
      "mini-batch 20",
      "resampled 20",
    ]);
    expect(samples[2].overlap).toBeCloseTo(1, 6);
    expect(samples[1].overlap).toBeLessThan(1);
    expect(await lines("subsets.csv")).toHaveLength(5);

    const convexity = await resultOf("convexity", ...common, "--grid", "3x1", "--x", "random:1");
    expect([convexity.status, convexity.points]).toEqual(["complete", 3]);
    const arrays = readNpz(await readFile(join(out, "convexity.npz")), "convexity.npz");
    expect(arrays.ratio.shape).toEqual([1, 3]);
    const [largest, smallest, ratio] = [arrays.largest, arrays.smallest, arrays.ratio].map(({ data }) =>
      Number(data[1]),
    );
    expect(ratio).toBe(Math.abs(smallest / largest));
    // The block of the weights has no eigenvalue above the whole matrix's.
    const whole = JSON.parse(await readFile(join(folder, "spectrum", "spectrum.json"), "utf8")) as {
      eigenvalues: number[];
    };
    expect(largest).toBeLessThan(whole.eigenvalues[0] * 1.01);
    expect(largest).toBeGreaterThan(whole.eigenvalues[0] * 0.9);
  });

  it("measures how far the loss rises around the checkpoint, within the usual radii and given ones", async () => {
    const options = ["--checkpoint", checkpoint, "--draws", "3", "--steps", "2", ...on];
    const out = join(folder, "sharpness");
    const all = await resultOf("sharpness", ...options, "--out", out);
    const figures = all.figures as { kind: string; radius: number; value: number; done: number }[];
    expect(figures.map(({ kind, radius, done }) => [kind, radius, done])).toEqual([
      ["adaptive-average", 0.1, 3],
      ["filter-average", 0.1, 3],
      ["adaptive-worst", 0.5, 2],
      ["plain-worst", 0.05, 2],
    ]);
    const kept = resultFromJson("sharpness", await readFile(join(out, "sharpness.json"), "utf8"), out);
    expect(kept.figures).toEqual(figures);
    expect((await readFile(join(out, "sharpness.csv"), "utf8")).split("\n")[1]).toBe(
      `adaptive-average,0.1,${kept.figures[0].value},${kept.figures[0].standardError},3,complete`,
    );
    const wider = await resultOf("sharpness", ...options, "--measures", "plain-worst=0.1", "adaptive-average");
    const [plain, average] = wider.figures as typeof figures;
    expect(plain.radius).toBe(0.1);
    expect(plain.value).toBeGreaterThan(figures[3].value);
    expect(average).toEqual(figures[0]);
    await expect(resultOf("sharpness", ...options, "--measures", "plain-worst=-1")).rejects.toThrow(/above 0/);
    await expect(resultOf("sharpness", ...options, "--measures", "flat")).rejects.toThrow(/KIND=RADIUS/);
  });

  it("refuses what has no answer", async () => {
    const common = ["--checkpoint", checkpoint, "--out", join(folder, "none"), ...on];
    await expect(resultOf("spectrum", ...common, "--parameters", "nothing.*")).rejects.toThrow(/nothing/);
    await expect(resultOf("spectrum", ...common, "--top", "100000000")).rejects.toThrow(/eigenpairs are asked for/);
    await expect(resultOf("spectrum", ...common, "--tolerance", "0")).rejects.toThrow(/above 0/);
    await expect(resultOf("subsets", ...common, "--sizes", "10", "21")).rejects.toThrow(/21 examples of 20/);
    await expect(resultOf("convexity", ...common, "--batch-norm", "reestimated")).rejects.toThrow(/frozen, batch/);
    await expect(
      resultOf("surface", ...common, "--x", "eigen:9", "--eigenvectors", join(folder, "spectrum")),
    ).rejects.toThrow(/pairs from the top/);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSpec } from "../../src/experiment/parse-spec.ts";
import { SpecError, type SpecProblem } from "../../src/experiment/spec-error.ts";
import { axesOf, axisNames, runCount } from "../../src/experiment/sweep.ts";
import { parseSweep, parseSweepJson } from "../../src/experiment/sweep-parse.ts";
import { sweepRuns } from "../../src/experiment/sweep-runs.ts";

const mlp = { model: { name: "mlp", hidden: [8] }, data: { source: "synthetic" } };
const vgg = { model: { name: "vgg", depth: 11, width: 0.25 }, data: { source: "synthetic" } };
const gaussian = { ...mlp, init: { scheme: "gaussian", std: 0.1 } };

const runsOf = (base: object, axes: object) => sweepRuns(parseSweep({ base, axes }));

function problemsOf(base: object, axes: object): readonly SpecProblem[] {
  try {
    parseSweep({ base, axes });
  } catch (error) {
    if (error instanceof SpecError) return error.problems;
    throw error;
  }
  throw new Error("The sweep was accepted.");
}

function complaint(base: object, axes: object): string {
  const problems = problemsOf(base, axes);
  expect(problems).toHaveLength(1);
  return `${problems[0].path}: ${problems[0].what} ${problems[0].remedy}`;
}

describe("runs", () => {
  test("every combination, the last axis fastest, in an order that doesn't depend on the document's", () => {
    const runs = runsOf(gaussian, { seed: [3, 1], std: [0.01, 0.5] });
    expect(runs.map(({ spec }) => [spec.init.std, spec.init.seed])).toEqual([
      [0.01, 3],
      [0.01, 1],
      [0.5, 3],
      [0.5, 1],
    ]);
    expect(runs.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(runs[2].changes).toEqual([
      { axis: "std", value: 0.5, position: 1 },
      { axis: "seed", value: 3, position: 0 },
    ]);
  });

  test("of what only one family has, each in its own words", () => {
    const base = { model: { name: "resnet-cifar", depth: 8 }, data: { source: "synthetic" } };
    const runs = runsOf(base, { shortcut: ["projection", "zero-pad", "none"], batchNorm: [false] });
    expect(runs.map(({ name, slug }) => [name, slug])).toEqual([
      ["no BatchNorm, projected shortcuts", "batchNorm-false_shortcut-projection"],
      ["no BatchNorm, zero-padded shortcuts", "batchNorm-false_shortcut-zero-pad"],
      ["no BatchNorm, no shortcuts", "batchNorm-false_shortcut-none"],
    ]);
    expect(complaint(base, { depth: [8, 9] })).toContain("axes.depth[1] is 9. Give one of 8, 14, 20,");
    expect(complaint(vgg, { shortcut: ["none"] })).toContain('set base.model.name to "resnet-cifar" or "resnet".');
  });

  test("change nothing but what the axes name", () => {
    const base = parseSpec(mlp);
    const [run] = runsOf(mlp, { learningRate: [0.5], batchSize: [16], orderSeed: [7] });
    expect(run.spec).toEqual({ ...base, training: { ...base.training, learningRate: 0.5, batchSize: 16, seed: 7 } });
  });

  test("reach the model's fields", () => {
    const wide = runsOf(vgg, { width: [0.125, 0.5], batchNorm: [true, false] });
    expect(wide.map(({ spec }) => spec.model)).toMatchObject([
      { width: 0.125, batchNorm: true },
      { width: 0.125, batchNorm: false },
      { width: 0.5, batchNorm: true },
      { width: 0.5, batchNorm: false },
    ]);
    expect(runsOf(mlp, { hidden: [[], [4, 4]] }).map(({ spec }) => spec.model)).toMatchObject([
      { hidden: [] },
      { hidden: [4, 4] },
    ]);
  });

  test("σ stays with the gaussian scheme, Nesterov's step with sgd", () => {
    const schemes = runsOf(gaussian, { scheme: ["gaussian", "he-normal"] });
    expect(schemes.map(({ spec }) => spec.init)).toEqual([
      { scheme: "gaussian", std: 0.1, seed: 1 },
      { scheme: "he-normal", seed: 1 },
    ]);
    expect(runsOf(mlp, { scheme: ["gaussian"] })[0].spec.init.std).toBe(0.05);
    const nesterov = { ...mlp, training: { nesterov: true } };
    const optimizers = runsOf(nesterov, { optimizer: ["sgd", "adam"] });
    expect(optimizers.map(({ spec }) => [spec.training.optimizer, spec.training.nesterov])).toEqual([
      ["sgd", true],
      ["adam", false],
    ]);
  });

  test("names say what differs, for people and for folders", () => {
    const names = (base: object, axes: object) => runsOf(base, axes).map(({ name, slug }) => [name, slug]);
    expect(names(gaussian, { std: [0.05], seed: [2] })).toEqual([["σ 0.05, seed 2", "std-0.05_seed-2"]]);
    expect(names(vgg, { batchNorm: [true, false], width: [0.5] })).toEqual([
      ["width 0.5, BatchNorm", "width-0.5_batchNorm-true"],
      ["width 0.5, no BatchNorm", "width-0.5_batchNorm-false"],
    ]);
    expect(names(mlp, { hidden: [[], [64, 32]], optimizer: ["adam"] })).toEqual([
      ["adam, no hidden layer", "optimizer-adam_hidden-none"],
      ["adam, hidden 64×32", "optimizer-adam_hidden-64x32"],
    ]);
    expect(names(mlp, { learningRate: [1e-7], scheme: ["orthogonal"] })).toEqual([
      ["orthogonal, rate 1e-7", "scheme-orthogonal_learningRate-1e-7"],
    ]);
  });

  test("any accepted sweep: as many runs as combinations, valid, with names of their own that a folder can have", () => {
    const distinct = <T>(value: fc.Arbitrary<T>, max: number) =>
      fc.uniqueArray(value, { minLength: 1, maxLength: max });
    const axes = fc.record(
      {
        seed: distinct(fc.nat(4_294_967_295), 5),
        learningRate: distinct(fc.double({ min: 1e-9, max: 100, noNaN: true }), 4),
        hidden: fc.uniqueArray(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }), {
          minLength: 1,
          maxLength: 4,
          selector: String,
        }),
      },
      { requiredKeys: ["seed"] },
    );
    fc.assert(
      fc.property(axes, (given) => {
        const sweep = parseSweep({ base: mlp, axes: given });
        const runs = sweepRuns(sweep);
        expect(runs).toHaveLength(runCount(sweep.axes));
        expect(runs).toHaveLength(Object.values(given).reduce((count, values) => count * (values?.length ?? 1), 1));
        for (const { spec, slug, changes } of runs) {
          expect(parseSpec(spec)).toEqual(spec);
          expect(slug).toMatch(/^[\w.+-]+$/);
          expect(changes.map(({ axis }) => axis)).toEqual(axesOf(sweep));
        }
        for (const key of ["name", "slug"] as const)
          expect(new Set(runs.map((run) => run[key])).size).toBe(runs.length);
        expect(parseSweepJson(JSON.stringify(sweep))).toEqual(sweep);
      }),
      { numRuns: 50 },
    );
  });
});

describe("what is refused, and what would do", () => {
  test("no axis, four axes, too many runs", () => {
    expect(complaint(mlp, {})).toBe(`axes: axes is {}. Give values for at least one of ${axisNames.join(", ")}.`);
    expect(complaint(mlp, { seed: [1], orderSeed: [1], batchSize: [8], learningRate: [1] })).toContain(
      "Keep at most 3 of these axes.",
    );
    const ten = Array.from({ length: 11 }, (_, index) => index);
    expect(complaint(mlp, { seed: ten, orderSeed: ten })).toContain("These are 121 runs; give values for at most 100.");
  });

  test("an empty list, a value out of range, a misspelt axis, a value twice", () => {
    expect(complaint(mlp, { seed: [] })).toContain(
      "axes.seed is []. Give a list of 1 to 32 entries, each a whole number from 0 to 4294967295.",
    );
    expect(complaint(mlp, { seed: [1], batchSize: [0] })).toBe(
      "axes.batchSize[0]: axes.batchSize[0] is 0. Give a whole number from 1 to 8192.",
    );
    expect(complaint(mlp, { seeds: [1], batchSize: [1] })).toBe(
      "axes.seeds: axes.seeds is not a known field. Did you mean seed?",
    );
    expect(complaint(mlp, { hidden: [[4], [5], [4]] })).toContain("axes.hidden is [[4],[5],[4]]. Give each value once");
  });

  test("a name that could not be a tag", () => {
    const refused = (name: string) => () => parseSweep({ name, base: mlp, axes: { seed: [1] } });
    expect(refused("a, b")).toThrow('name is "a, b". Leave out the commas');
    expect(refused("a".repeat(41))).toThrow("Give at most 40 characters.");
    expect(parseSweep({ name: "a".repeat(40), base: mlp, axes: { seed: [1] } }).name).toHaveLength(40);
  });

  test("axes that the model or the scheme doesn't have", () => {
    expect(complaint(mlp, { width: [1] })).toContain(
      'Leave it out, since mlp has no width, or set base.model.name to "vgg"',
    );
    expect(complaint(mlp, { batchNorm: [true] })).toContain("since mlp has no batchNorm");
    expect(complaint(vgg, { hidden: [[4]] })).toContain('since vgg has no hidden, or set base.model.name to "mlp".');
    expect(complaint(vgg, { depth: [11, 12] })).toContain("axes.depth[1] is 12. Give one of 9, 11, 13, 16, 19.");
    expect(complaint(mlp, { std: [0.1] })).toContain('Set base.init.scheme to "gaussian"');
    expect(complaint(gaussian, { std: [0.1], scheme: ["gaussian"] })).toContain("Sweep one of");
  });

  test("a combination that breaks a rule of specifications is blamed on the axis, once", () => {
    expect(complaint(mlp, { batchSize: [16, 2000], seed: [1, 2] })).toBe(
      "axes.batchSize[1]: axes.batchSize[1] is 2000. Give at most 1000, the value of data.train.count, or train on more images.",
    );
  });

  test("a base that breaks one is blamed itself, unless the axes put it right", () => {
    const base = { ...mlp, training: { batchSize: 2000 } };
    expect(complaint(base, { seed: [1, 2] })).toContain("base.training.batchSize is 2000. Give at most 1000");
    expect(runsOf(base, { batchSize: [10] })).toHaveLength(1);
    expect(complaint({ ...mlp, model: { name: "mlp", hiden: [8] } }, { seed: [1] })).toBe(
      "base.model.hiden: base.model.hiden is not a known field. Did you mean hidden?",
    );
  });

  test("texts: not JSON, a field twice, all problems at once", () => {
    expect(() => parseSweepJson("{")).toThrow("The sweep has a problem:\n- It is not JSON");
    expect(() => parseSweepJson('{"axes":{"seed":[1],"seed":[2]}}')).toThrow("axes.seed is given twice. Keep one");
    expect(problemsOf({ ...mlp, data: {} }, { seed: [-1] }).map(({ path }) => path)).toEqual([
      "base.data.source",
      "axes.seed[0]",
    ]);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSpec, parseSpecForData, parseSpecJson } from "../../src/experiment/parse-spec.ts";
import { specSchema } from "../../src/experiment/spec.ts";
import { SpecError, type SpecProblem } from "../../src/experiment/spec-error.ts";
import { anySpec } from "./arbitraries.ts";

const minimal = { model: { name: "vgg", depth: 11 }, data: { source: "synthetic" } };

const published = {
  model: { name: "vgg", depth: 11, width: 1, batchNorm: true },
  data: {
    source: "cifar10",
    path: "cifar-10-batches-bin",
    train: { count: 1000, select: "balanced", seed: 0 },
    test: { count: 500, select: "first" },
  },
  init: { scheme: "gaussian", std: 0.05, seed: 1 },
  training: {
    optimizer: "sgd",
    momentum: 0.9,
    nesterov: true,
    learningRate: 0.05,
    weightDecay: 5e-4,
    batchSize: 128,
    epochs: 20,
    schedule: "cosine",
    seed: 2,
  },
};

function problemsOf(parse: () => unknown): readonly SpecProblem[] {
  try {
    parse();
  } catch (error) {
    if (error instanceof SpecError) return error.problems;
    throw error;
  }
  throw new Error("The specification was accepted.");
}

/** The only problem of the minimal specification with these changes, as "what remedy". */
function complaint(changes: Record<string, unknown>): string {
  const problems = problemsOf(() => parseSpec({ ...minimal, ...changes }));
  expect(problems).toHaveLength(1);
  return `${problems[0].what} ${problems[0].remedy}`;
}

describe("what is accepted", () => {
  test("the published example, with the defaults of the fields it leaves out", () => {
    expect(parseSpec(published)).toEqual({
      model: { ...published.model, classes: 10 },
      data: { ...published.data, test: { count: 500, select: "first", seed: 0 }, augment: false },
      init: published.init,
      training: {
        ...published.training,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
        warmupEpochs: 0,
        stepAt: [0.5, 0.75],
        stepFactor: 0.1,
      },
    });
  });

  test("a result is its own specification", () => {
    const spec = parseSpec(published);
    expect(parseSpec(structuredClone(spec))).toEqual(spec);
    expect(parseSpecJson(JSON.stringify(spec))).toEqual(spec);
  });

  test("σ is written down where the gaussian scheme's is left out, and only there", () => {
    expect(parseSpec({ ...minimal, init: { scheme: "gaussian" } }).init).toEqual({
      scheme: "gaussian",
      std: 0.05,
      seed: 1,
    });
    expect(parseSpec(minimal).init).toEqual({ scheme: "he-normal", seed: 1 });
    expect(specSchema.parse({ ...minimal, init: { scheme: "gaussian" } }).init.std).toBe(0.05);
  });

  test("a batch as large as the subset, and a subset of all there is", () => {
    expect(parseSpec({ ...minimal, training: { batchSize: 1000 } }).training.batchSize).toBe(1000);
    const all = { ...minimal, data: { source: "synthetic", train: {} } };
    expect(parseSpec(all).data.train).toEqual({ select: "first", seed: 0 });
  });
});

describe("single fields", () => {
  test.each([
    [
      { training: { epochs: -1 } },
      "training.epochs is -1. Give a whole number from 0 to 10000, or leave it out for 20.",
    ],
    [
      { training: { epochs: 2.5 } },
      "training.epochs is 2.5. Give a whole number from 0 to 10000, or leave it out for 20.",
    ],
    [{ training: { epochs: Number.NaN } }, "training.epochs is NaN."],
    [{ training: { epochs: "20" } }, 'training.epochs is "20".'],
    [
      { training: { momentum: 1 } },
      "training.momentum is 1. Give a number from 0 to below 1, or leave it out for 0.9.",
    ],
    [
      { training: { learningRate: 0 } },
      "training.learningRate is 0. Give a number above 0 to 100, or leave it out for 0.05.",
    ],
    [{ training: { stepAt: [0.5, 2] } }, "training.stepAt[1] is 2. Give a number above 0 to below 1."],
    [{ training: { stepAt: "0.5" } }, "Give a list of at most 10 entries, each a number above 0 to below 1"],
    [{ training: { seed: 4_294_967_296 } }, "Give a whole number from 0 to 4294967295"],
    [{ training: { optimizer: "adamw" } }, 'training.optimizer is "adamw". Give one of "sgd", "adam"'],
    [{ training: null }, "training is null. Give an object with optimizer (optional)"],
    [{ training: { nesterov: 1 } }, "training.nesterov is 1. Give true or false, or leave it out for false."],
    [
      { model: { name: "vgg", depth: 11, width: 0 } },
      "model.width is 0. Give a number from 0.125 to 2, or leave it out for 1.",
    ],
    [{ model: { name: "vgg19" } }, 'model.name is "vgg19". Give one of "vgg", '],
    [{ model: {} }, 'model.name is missing. Give one of "vgg", '],
    [{ model: undefined }, "model is missing. Give an object with name."],
    [
      { model: { name: "vgg", depth: 11, hidden: [10] } },
      "model.hidden is not a known field. The fields there are name, depth, width, batchNorm, classes.",
    ],
    [
      { model: { name: "mlp", width: 1 } },
      "model.width is not a known field. The fields there are name, hidden, activation, classes.",
    ],
    [{ data: { source: "cifar10", path: "" } }, 'data.path is "". Give a text that isn\'t empty.'],
    [{ data: { source: "cifar100" } }, 'data.source is "cifar100". Give one of "synthetic", "cifar10".'],
    [
      { data: { source: "synthetic", train: { count: 0 } } },
      "data.train.count is 0. Give a whole number from 1 to 60000.",
    ],
    [{ training: { epoch: 3 } }, "training.epoch is not a known field. Did you mean epochs?"],
    [{ training: { lerningrate: 3 } }, "Did you mean learningRate?"],
    [{ training: { momemtum: 0.5 } }, "Did you mean momentum?"],
    [{ trainign: {} }, "trainign is not a known field. Did you mean training?"],
    [
      { hyperparameters: {} },
      "hyperparameters is not a known field. The fields there are model, data, init, training, recording, loss, labelSmoothing.",
    ],
  ])("%j", (changes, message) => {
    expect(complaint(changes)).toContain(message);
  });

  test.each([[5], ["text"], [null], [[]], [undefined], [() => 1]])("%s is no specification", (value) => {
    const [problem] = problemsOf(() => parseSpec(value));
    expect(problem.path).toBe("");
    expect(problem.what).toMatch(/^The whole is /);
    expect(problem.remedy).toBe(
      "Give an object with model, data, init (optional), training (optional), recording (optional), loss (optional), labelSmoothing (optional).",
    );
  });

  test("a field with the name of the prototype is a field like any other", () => {
    const input: unknown = JSON.parse(`{"__proto__":{},"model":{"name":"vgg11"},"data":{"source":"synthetic"}}`);
    expect(problemsOf(() => parseSpec(input)).map(({ path }) => path)).toEqual(["__proto__"]);
  });

  test("a long value is shortened", () => {
    const [problem] = problemsOf(() => parseSpec({ ...minimal, init: { scheme: "x".repeat(5000) } }));
    expect(problem.found).toHaveLength(58);
  });
});

describe("fields that must agree", () => {
  test.each([
    [{ training: { batchSize: 1001 } }, "training.batchSize is 1001. Give at most 1000, the value of data.train.count"],
    [
      { data: { source: "synthetic", train: { count: 100 } } },
      "training.batchSize is 128 by default. Give at most 100",
    ],
    [{ init: { std: 0.1 } }, "init.std is 0.1. Leave it out, since he-normal sets its own"],
    [{ data: { source: "synthetic", path: "x.bin" } }, 'data.path is "x.bin". Leave it out'],
    [
      { training: { nesterov: true, momentum: 0 } },
      "training.nesterov is true. Set it to false, or give a training.momentum above 0",
    ],
    [{ training: { nesterov: true, optimizer: "adam" } }, 'or set training.optimizer to "sgd".'],
    [{ training: { nesterov: true, optimizer: "adam", momentum: 0 } }, 'or set training.optimizer to "sgd".'],
    [{ training: { warmupEpochs: 5, epochs: 4 } }, "training.warmupEpochs is 5. Give at most 4"],
    [{ training: { stepAt: [0.5, 0.5] } }, "training.stepAt is [0.5,0.5]. Give fractions that ascend, each once."],
    [{ training: { stepAt: [0.75, 0.5] } }, "Give fractions that ascend"],
    [
      { model: { name: "mlp", classes: 9 } },
      "model.classes is 9. Give at least 10: the data's labels run from 0 to 9.",
    ],
  ])("%j", (changes, message) => {
    expect(complaint(changes)).toContain(message);
  });

  test("against the current data", () => {
    const all = { ...minimal, data: { source: "synthetic", train: {} } };
    const there = { train: 100, test: 400 };
    expect(problemsOf(() => parseSpecForData(all, there)).map(({ what }) => what)).toEqual([
      "data.test.count is 500 by default.",
      "training.batchSize is 128 by default.",
    ]);
    expect(problemsOf(() => parseSpecForData(minimal, there)).map(({ remedy }) => remedy)).toEqual([
      "Give at most 100, which is what this data set has there, or bring more data.",
      "Give at most 400, which is what this data set has there, or bring more data.",
    ]);
    expect(parseSpecForData(minimal, { train: 1000, test: 500 })).toEqual(parseSpec(minimal));
  });
});

describe("several problems at once", () => {
  test("all are listed, rules beside ranges, each with its path and value", () => {
    const parse = () =>
      parseSpec({
        model: { name: "vgg", depth: 11, width: 0, widht: 1 },
        data: { source: "synthetic", path: "x", extra: 1 },
        training: { epochs: -1, nesterov: true, momentum: 0, batchSize: 2000 },
      });
    expect(problemsOf(parse).map(({ path, found }) => `${path}=${found}`)).toEqual([
      "model.width=0",
      "model.widht=1",
      "data.extra=1",
      "training.epochs=-1",
      'data.path="x"',
      "training.nesterov=true",
      "training.batchSize=2000",
    ]);
    expect(parse).toThrow(/^The specification has 7 problems:\n- model.width is 0\. Give .*\n- /);
  });

  test("a rule is silent where a field that it reads is bad already", () => {
    const bad = { ...minimal, training: { epochs: -1, warmupEpochs: 50, stepAt: [3, 0.5] } };
    expect(problemsOf(() => parseSpec(bad)).map(({ path }) => path)).toEqual(["training.epochs", "training.stepAt[0]"]);
    const badParent = { ...minimal, data: { source: "synthetic", train: 7 }, training: { batchSize: 5000 } };
    expect(problemsOf(() => parseSpec(badParent)).map(({ path }) => path)).toEqual(["data.train"]);
  });
});

describe("whatever comes in", () => {
  const outcome = (value: unknown) => {
    try {
      expect(specSchema.parse(parseSpec(value))).toBeDefined();
    } catch (error) {
      expect(error).toBeInstanceOf(SpecError);
      expect((error as SpecError).problems).not.toHaveLength(0);
    }
  };

  test("any JSON value gives a specification or a SpecError", () => {
    fc.assert(fc.property(fc.jsonValue(), outcome), { numRuns: 200 });
  });

  test("so does a specification with one of its values replaced", () => {
    const paths = [
      "model",
      "model.name",
      "model.width",
      "data.train",
      "data.train.count",
      "init.std",
      "training.stepAt",
    ];
    fc.assert(
      fc.property(anySpec, fc.constantFrom(...paths), fc.anything(), (spec, path, replacement) => {
        const steps = path.split(".");
        const copy = structuredClone(spec) as unknown as Record<string, Record<string, unknown>>;
        const parent = steps
          .slice(0, -1)
          .reduce<Record<string, unknown>>((inner, step) => inner[step] as Record<string, unknown>, copy);
        parent[steps.at(-1)!] = replacement;
        outcome(copy);
      }),
      { numRuns: 300 },
    );
  });

  test("every generated specification is accepted as it is", () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        expect(parseSpec(structuredClone(spec))).toEqual(spec);
      }),
    );
  });
});

describe("JSON texts", () => {
  test("a text that is not JSON", () => {
    expect(() => parseSpecJson("{model:}")).toThrow(/It is not JSON: .*position 1.* Correct the text there\./);
  });

  test.each([
    ['{"model":{"name":"vgg11","width":1,"wid\\u0074h":2},"data":{"source":"synthetic"}}', "model.width"],
    ['{"data":{"source":"synthetic"},"model":{"name":"mlp"},"data":{}}', "data"],
    ['{"a":[{"b":1},{"c":"},{\\"c\\":","c":2}]}', "a.[].c"],
  ])("a field given twice: %s", (text, path) => {
    const problems = problemsOf(() => parseSpecJson(text));
    expect(problems.map((problem) => problem.what)).toEqual([`${path} is given twice.`]);
  });

  test("the same name in two objects, or as a value, is no repetition", () => {
    const text = '{"model":{"name":"vgg11"},"data":{"source":"synthetic","train":{"seed":1},"test":{"seed":1}}}';
    expect(parseSpecJson(text).data.test.seed).toBe(1);
  });
});

/** Valid settings of every kind, for property tests. */
import fc from "fast-check";
import { z } from "zod";
import { type InitScheme, schemeTitles } from "../../src/architectures/initialization.ts";
import { fieldsOf, type ModelField } from "../../src/architectures/model-fields.ts";
import { architectures } from "../../src/architectures/specs.ts";
import { parseSpec } from "../../src/experiment/parse-spec.ts";
import type { Spec } from "../../src/experiment/spec.ts";
import { batchNormModes, normalizations, surfaceSubsets } from "../../src/experiment/surface.ts";
import type { SurfaceView } from "../../src/experiment/surface-view.ts";

const seed = fc.integer({ min: 0, max: 4_294_967_295 });
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((value) => value + 0);
const below1 = real(0, 1 - 1e-9);
const positive = (max: number) => real(1e-12, max);

const subset = fc.record(
  { count: fc.integer({ min: 1, max: 60_000 }), select: fc.constantFrom("first", "random", "balanced"), seed },
  { requiredKeys: [] },
);
const classes = fc.integer({ min: 10, max: 1000 });
const anyValueOf = ({ kind, schema }: ModelField): fc.Arbitrary<unknown> => {
  switch (kind.kind) {
    case "number":
      return kind.isInteger ? fc.integer(kind) : real(kind.min, kind.max);
    case "switch":
      return fc.boolean();
    case "choice":
      return fc.constantFrom(...kind.values);
    case "list": {
      const { items, minItems, maxItems } = z.toJSONSchema(schema, { io: "output" });
      const { minimum, maximum } = items as z.core.JSONSchema.JSONSchema;
      return fc.array(fc.integer({ min: minimum, max: maximum }), { minLength: minItems, maxLength: maxItems });
    }
  }
};
/** Of any family, with and without its fields. */
const model = fc.oneof(
  ...architectures.map(({ name }) =>
    fc.record(
      {
        ...Object.fromEntries(fieldsOf({ name }).map((field) => [field.name, anyValueOf(field)])),
        name: fc.constant(name),
        classes,
      },
      { requiredKeys: ["name"] },
    ),
  ),
);
const schemesWithoutStd = (Object.keys(schemeTitles) as InitScheme[]).filter((scheme) => scheme !== "gaussian");
const init = fc.oneof(
  fc.record({ scheme: fc.constant("gaussian"), std: positive(10), seed }, { requiredKeys: ["scheme"] }),
  fc.record({ scheme: fc.constantFrom(...schemesWithoutStd), seed }, { requiredKeys: [] }),
);
const training = fc
  .record(
    {
      optimizer: fc.constantFrom("sgd", "adam"),
      momentum: below1,
      nesterov: fc.boolean(),
      beta1: below1,
      beta2: below1,
      epsilon: positive(1),
      learningRate: positive(100),
      weightDecay: real(0, 1),
      batchSize: fc.integer({ min: 1, max: 8192 }),
      epochs: fc.integer({ min: 0, max: 10_000 }),
      schedule: fc.constantFrom("constant", "step", "cosine"),
      warmupEpochs: real(0, 1000),
      stepAt: fc.uniqueArray(real(1e-9, 1 - 1e-9), { maxLength: 10 }).map((list) => list.sort((a, b) => a - b)),
      stepFactor: real(1e-9, 1 - 1e-9),
      seed,
    },
    { requiredKeys: [] },
  )
  .filter(({ optimizer, momentum, nesterov }) => !nesterov || (optimizer !== "adam" && momentum !== 0))
  .filter(({ warmupEpochs = 0, epochs = 20 }) => warmupEpochs <= epochs);

/** Without `data.path`, which stays on its own machine. */
export const anySpec: fc.Arbitrary<Spec> = fc
  .record(
    {
      model,
      data: fc.record(
        { source: fc.constantFrom("synthetic", "cifar10"), train: subset, test: subset, augment: fc.boolean() },
        { requiredKeys: ["source"] },
      ),
      loss: fc.constantFrom("cross-entropy", "mse"),
      labelSmoothing: below1,
      init,
      training,
    },
    { requiredKeys: ["model", "data", "init", "training"] },
  )
  .filter(({ data, training: { batchSize = 128 } }) => batchSize <= (data.train ? (data.train.count ?? 60_000) : 1000))
  .map(parseSpec);

const direction = fc.oneof(
  fc.record({ kind: fc.constant("random" as const), seed }),
  fc.record({
    kind: fc.constant("eigen" as const),
    index: fc.integer({ min: -9999, max: 9999 }).filter((index) => index !== 0),
  }),
);
const axis = fc
  .record({ min: real(-1e6, 1e6), max: real(-1e6, 1e6), count: fc.integer({ min: 1, max: 1001 }) })
  .filter(({ min, max }) => min < max);

export const anySurfaceView: fc.Arbitrary<SurfaceView> = fc.record({
  x: direction,
  y: fc.option(direction),
  normalization: fc.constantFrom(...normalizations),
  biases: fc.constantFrom("ignore", "include"),
  orthogonalize: fc.boolean(),
  batchNorm: fc.constantFrom(...batchNormModes),
  subset: fc.constantFrom(...surfaceSubsets),
  alpha: axis,
  beta: axis,
});

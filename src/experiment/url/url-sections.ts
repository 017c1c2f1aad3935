/**
 * The keys under which a link holds the specification and the surface. Not in a link: `data.path`, which names a place on
 * the sender's own disk, and directions that come from files.
 */
import { sharedFields } from "../../architectures/model-fields.ts";
import { defaultModel } from "../../architectures/specs.ts";
import { dataSetFacts } from "../../data/sets/facts.ts";
import { type Spec, specSchema } from "../spec.ts";
import { SpecError, showValue } from "../spec-error.ts";
import { specRules } from "../spec-rules.ts";
import {
  formatDirection,
  formatGrid,
  formatRanges,
  parseDecimal,
  parseDirection,
  parseGrid,
  parseRanges,
} from "../surface-texts.ts";
import { type SurfaceView, surfaceViewRules, surfaceViewSchema } from "../surface-view.ts";
import type { UrlSection } from "./url-codec.ts";
import {
  booleanField,
  fieldOfKind,
  numberField,
  numberListField,
  optionalNumberField,
  optionalTextField,
  textField,
  type UrlField,
} from "./url-field.ts";

/** What a link that names nothing stands for. */
export const defaultSpec: Spec = specSchema.parse({ model: defaultModel, data: { source: dataSetFacts[0].id } });

const trainingNumbers = ["momentum", "beta1", "beta2", "epsilon", "learningRate", "weightDecay", "batchSize", "epochs"];
const trainingKey = (name: string) => [name, `training.${name}`] as const;

/** `EVERY:MEGABYTES`, as 20:128; none for no recording. */
const recordingField: UrlField = {
  key: "record",
  paths: ["recording"],
  format: ([value]) => {
    const recording = value as Spec["recording"];
    return recording ? `${recording.everySteps}:${recording.budgetMegabytes}` : "none";
  },
  parse: (text) => {
    if (text === "none") return [undefined];
    const [everySteps, budgetMegabytes, ...rest] = text.split(":").map(parseDecimal);
    if (rest.length === 0 && everySteps != null && budgetMegabytes != null) return [{ everySteps, budgetMegabytes }];
    const found = showValue(text);
    const remedy = "Give STEPS:MEGABYTES, such as 20:128, or none.";
    throw new SpecError("record", [{ path: "record", found, what: `record is ${found}.`, remedy }]);
  },
};

export const specSection: UrlSection<Spec> = {
  schema: specSchema,
  rules: specRules,
  start: { model: { name: defaultSpec.model.name }, data: defaultSpec.data },
  choices: ["model", "data", "init"],
  fields: [
    textField("model", "model.name"),
    ...sharedFields().map(({ name, owners }) => fieldOfKind(name, `model.${name}`, owners[0].field.kind)),
    numberField("classes", "model.classes"),
    textField("data", "data.source"),
    optionalNumberField("train", "data.train.count", "all"),
    textField("trainSelect", "data.train.select"),
    numberField("trainSeed", "data.train.seed"),
    optionalNumberField("test", "data.test.count", "all"),
    textField("testSelect", "data.test.select"),
    numberField("testSeed", "data.test.seed"),
    booleanField("augment", "data.augment"),
    optionalTextField("loss", "loss", "cross-entropy"),
    optionalNumberField("labelSmoothing", "labelSmoothing", "0"),
    textField("init", "init.scheme"),
    numberField("std", "init.std"),
    numberField("initSeed", "init.seed"),
    textField(...trainingKey("optimizer")),
    booleanField(...trainingKey("nesterov")),
    ...trainingNumbers.map((name) => numberField(...trainingKey(name))),
    textField(...trainingKey("schedule")),
    numberField(...trainingKey("warmupEpochs")),
    numberListField(...trainingKey("stepAt")),
    numberField(...trainingKey("stepFactor")),
    numberField("trainingSeed", "training.seed"),
    recordingField,
  ],
};

function directionField(key: "x" | "y"): UrlField {
  return {
    key,
    paths: [key],
    format: ([value]) => (value ? formatDirection(value as SurfaceView["x"]) : "none"),
    parse: (text) => {
      if (key === "y" && text === "none") return [null];
      const direction = parseDirection(text, key);
      if (direction.kind !== "file") return [direction];
      const found = showValue(text);
      const remedy = "Give random:SEED, eigen:N or pca:N: a link can't carry a file.";
      throw new SpecError(key, [{ path: key, found, what: `${key} is ${found}.`, remedy }]);
    },
  };
}

const gridField: UrlField = {
  key: "grid",
  paths: ["alpha.count", "beta.count"],
  format: ([columns, rows]) => formatGrid({ columns: Number(columns), rows: Number(rows) }),
  parse: (text) => {
    const { columns, rows } = parseGrid(text, "grid");
    return [columns, rows];
  },
};

const rangeField: UrlField = {
  key: "range",
  paths: ["alpha.min", "alpha.max", "beta.min", "beta.max"],
  format: (values) => {
    const [alphaMin, alphaMax, betaMin, betaMax] = values.map(Number);
    return formatRanges({ min: alphaMin, max: alphaMax }, { min: betaMin, max: betaMax });
  },
  parse: (text) => {
    const { alpha, beta } = parseRanges(text, "range");
    return [alpha.min, alpha.max, beta.min, beta.max];
  },
};

export const surfaceSection: UrlSection<SurfaceView> = {
  schema: surfaceViewSchema,
  rules: surfaceViewRules,
  start: {},
  choices: [],
  fields: [
    directionField("x"),
    directionField("y"),
    textField("normalize", "normalization"),
    textField("biases", "biases"),
    booleanField("orthogonalize", "orthogonalize"),
    textField("statistics", "batchNorm"),
    textField("subset", "subset"),
    gridField,
    rangeField,
  ],
};

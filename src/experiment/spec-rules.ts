/**
 * What must hold between the fields of a specification, and between it and the data it is used with. Ranges of single
 * fields are in `spec.ts`.
 */
import type { DataSetFacts } from "../data/sets/data-set.ts";
import { dataSetFacts, factsOf } from "../data/sets/facts.ts";
import type { Spec, SubsetSpec } from "./spec.ts";
import type { Rule } from "./strict-parse.ts";

const when = (broken: boolean, remedy: string) => (broken ? remedy : null);

/** Rules on what an experiment asks of its data set, one of `sets`. */
export const dataSetRules = (sets: readonly DataSetFacts[]): readonly Rule<Spec>[] => [
  {
    fields: ["model.classes", "data.source"],
    check: ({ model, data }) => {
      const labels = factsOf(data.source, sets).classNames.length;
      return when(model.classes < labels, `Give at least ${labels}: the data's labels run from 0 to ${labels - 1}.`);
    },
  },
  {
    fields: ["data.path", "data.source"],
    check: ({ data }) =>
      when(
        data.path !== undefined && !factsOf(data.source, sets).files,
        `Leave it out, since the ${factsOf(data.source, sets).shortTitle} images are drawn and not read, or set data.source to ${inFiles(sets)}.`,
      ),
  },
];

/** Ids of the sets that a path makes sense for, quoted and joined by "or". */
const inFiles = (sets: readonly DataSetFacts[]): string =>
  sets
    .filter(({ files }) => files)
    .map(({ id }) => `"${id}"`)
    .join(" or ");

export const specRules: readonly Rule<Spec>[] = [
  ...dataSetRules(dataSetFacts),
  {
    fields: ["init.std", "init.scheme"],
    check: ({ init }) =>
      when(
        init.std !== undefined && init.scheme !== "gaussian",
        `Leave it out, since ${init.scheme} sets its own, or set init.scheme to "gaussian".`,
      ),
  },
  {
    fields: ["training.nesterov", "training.optimizer"],
    check: ({ training }) =>
      when(training.nesterov && training.optimizer !== "sgd", 'Leave it out, or set training.optimizer to "sgd".'),
  },
  {
    fields: ["training.nesterov", "training.momentum", "training.optimizer"],
    check: ({ training }) =>
      when(
        training.nesterov && training.optimizer === "sgd" && training.momentum === 0,
        "Set it to false, or give a training.momentum above 0: Nesterov's step looks ahead along the momentum.",
      ),
  },
  {
    fields: ["training.warmupEpochs", "training.epochs"],
    check: ({ training }) =>
      when(
        training.warmupEpochs > training.epochs,
        `Give at most ${training.epochs}, the value of training.epochs, or train for longer.`,
      ),
  },
  {
    fields: ["training.stepAt"],
    check: ({ training }) =>
      when(
        training.stepAt.some((fraction, index) => index > 0 && fraction <= training.stepAt[index - 1]),
        "Give fractions that ascend, each once.",
      ),
  },
  {
    fields: ["training.batchSize", "data.train.count"],
    check: ({ training, data }) =>
      when(
        data.train.count !== undefined && training.batchSize > data.train.count,
        `Give at most ${data.train.count}, the value of data.train.count, or train on more images.`,
      ),
  },
];

/** Images that there are in each split of a specification's data. */
export type AvailableData = Readonly<Record<"train" | "test", number>>;

/** Rules that can be checked only once the data is there. */
export function dataRules(available: AvailableData): readonly Rule<Spec>[] {
  const subset = (split: keyof AvailableData): Rule<Spec> => ({
    fields: [`data.${split}.count`],
    check: ({ data }: { readonly data: Readonly<Record<"train" | "test", SubsetSpec>> }) =>
      when(
        (data[split].count ?? 0) > available[split],
        `Give at most ${available[split]}, which is what this data set has there, or bring more data.`,
      ),
  });
  return [
    subset("train"),
    subset("test"),
    {
      fields: ["training.batchSize", "data.train.count"],
      check: ({ training, data }) =>
        when(
          data.train.count === undefined && training.batchSize > available.train,
          `Give at most ${available.train}, the number of training images there are.`,
        ),
    },
  ];
}

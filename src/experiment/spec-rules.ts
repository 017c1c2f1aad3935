/**
 * What must hold between the fields of a specification, and between it and the data it is used with. Ranges of single
 * fields are in `spec.ts`.
 */
import type { Spec, SubsetSpec } from "./spec.ts";
import type { Rule } from "./strict-parse.ts";

/** Both sources have ten classes, so labels run from 0 to 9. */
const labelCount = 10;

const when = (broken: boolean, remedy: string) => (broken ? remedy : null);

export const specRules: readonly Rule<Spec>[] = [
  {
    fields: ["model.classes"],
    check: ({ model }) =>
      when(
        model.classes < labelCount,
        `Give at least ${labelCount}: the data's labels run from 0 to ${labelCount - 1}.`,
      ),
  },
  {
    fields: ["data.path", "data.source"],
    check: ({ data }) =>
      when(
        data.path !== undefined && data.source === "synthetic",
        'Leave it out, since the synthetic images are drawn and not read, or set data.source to "cifar10".',
      ),
  },
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

/** What a specification's data turned out to be. */
export interface AvailableData {
  readonly trainCount: number;
  readonly testCount: number;
}

/** Rules that can be checked only once the data is there. */
export function dataRules(available: AvailableData): readonly Rule<Spec>[] {
  const { trainCount, testCount } = available;
  const subset = (split: "train" | "test", there: number): Rule<Spec> => ({
    fields: [`data.${split}.count`],
    check: ({ data }: { readonly data: Readonly<Record<"train" | "test", SubsetSpec>> }) =>
      when(
        (data[split].count ?? 0) > there,
        `Give at most ${there}, which is what this data set has there, or bring more data.`,
      ),
  });
  return [
    subset("train", trainCount),
    subset("test", testCount),
    {
      fields: ["training.batchSize", "data.train.count"],
      check: ({ training, data }) =>
        when(
          data.train.count === undefined && training.batchSize > trainCount,
          `Give at most ${trainCount}, the number of training images there are.`,
        ),
    },
  ];
}

/** Whether a training ended where guessing stands, and what would help. */
import { factsOf } from "../../data/sets/facts.ts";
import type { EpochMetrics } from "../../experiment/metrics.ts";
import type { Spec } from "../../experiment/spec.ts";
import { countWords, formatPercent, formatTick, formatValue } from "../kit/format.ts";

/** Standard errors within which an accuracy is that of guessing. */
const errorsOfChance = 3;

/** How far the loss may lie above that of guessing before the steps are called too large. */
const riseOfLoss = 1.1;

/** Null for a training whose accuracy is above that of chance. */
export function chanceWords(
  { data, loss, training: { epochs, learningRate } }: Spec,
  { trainLoss, trainAccuracy }: Pick<EpochMetrics, "trainLoss" | "trainAccuracy">,
): string | null {
  const { classNames, counts } = factsOf(data.source);
  const chance = 1 / classNames.length;
  const images = data.train.count ?? counts.train;
  const standardError = Math.sqrt((chance * (1 - chance)) / images);
  if (trainAccuracy > chance + errorsOfChance * standardError) return null;
  const found = `Accuracy is about that of chance: ${formatPercent(trainAccuracy)} of the training set, where guessing among ${
    classNames.length
  } classes gives ${formatPercent(chance, 0)}.`;
  // Of equal outputs for every class.
  const guessedLoss = loss === "mse" ? (1 - chance) / 2 : Math.log(classNames.length);
  const help =
    trainLoss > riseOfLoss * guessedLoss
      ? `The loss, ${formatValue(trainLoss, 3)}, lies above that of guessing, ${formatValue(
          guessedLoss,
          3,
        )}: the steps are too large. Try a learning rate of ${formatTick(learningRate / 10)} or less.`
      : `It has begun to learn nothing in ${countWords(epochs, "epoch")}: train longer, or try another learning rate than ${formatTick(
          learningRate,
        )}. A deep network often needs BatchNorm or shortcuts.`;
  return `${found} ${help}`;
}

import { describe, expect, it } from "vitest";
import { chanceWords } from "../../src/app/panels/chance-words.ts";
import { parseSpec } from "../../src/experiment/parse-spec.ts";

const spec = parseSpec({
  model: { name: "mlp" },
  data: { source: "synthetic", train: { count: 900 } },
  training: { epochs: 1, learningRate: 50, batchSize: 50 },
});

describe("a training that ends at chance level", () => {
  it("is told apart from one that has learned by three standard errors", () => {
    // √(0.1 · 0.9 / 900) = 0.01.
    expect(chanceWords(spec, { trainLoss: 2.3, trainAccuracy: 0.129 })).not.toBeNull();
    expect(chanceWords(spec, { trainLoss: 2.2, trainAccuracy: 0.131 })).toBeNull();
    expect(chanceWords(spec, { trainLoss: 2.31, trainAccuracy: 0.05 })).not.toBeNull();
  });

  it("says what would help: smaller steps where the loss has risen, else more of them", () => {
    const risen = chanceWords(spec, { trainLoss: 37.1, trainAccuracy: 0.127 });
    expect(risen).toContain("12.7 % of the training set, where guessing among 10 classes gives 10 %");
    expect(risen).toContain("The loss, 37.1, lies above that of guessing, 2.30");
    expect(risen).toContain("a learning rate of 5 or less");
    // Half of (1 − 0.1)² + 9 · 0.1², of one example in ten classes.
    const squared = chanceWords({ ...spec, loss: "mse" }, { trainLoss: 0.6, trainAccuracy: 0.1 });
    expect(squared).toContain("that of guessing, 0.450: the steps are too large");
    expect(chanceWords(spec, { trainLoss: Math.LN10, trainAccuracy: 0.1 })).toContain("in 1 epoch: train longer");
  });
});

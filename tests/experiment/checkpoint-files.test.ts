import { describe, expect, test } from "vitest";
import {
  readCheckpointFile,
  readOptimizerFile,
  writeCheckpointFile,
  writeOptimizerFile,
} from "../../src/experiment/checkpoint-files.ts";
import { parseSpec } from "../../src/experiment/parse-spec.ts";
import { readSafetensors } from "../../src/experiment/safetensors/read-safetensors.ts";
import { writeSafetensors } from "../../src/experiment/safetensors/write-safetensors.ts";
import { sampleEpochs, sampleSpec } from "./samples.ts";

const tensor = (name: string, ...values: number[]) => ({
  name,
  shape: [values.length],
  data: Float32Array.from(values),
});
const weights = [tensor("features.0.weight", 1, 2, 3), tensor("classifier.bias", 4)];
const checkpoint = { tensors: weights, spec: sampleSpec, step: 10 };
const optimizer = {
  moments: [
    [tensor("features.0.weight", 5, 6, 7), tensor("classifier.bias", 8)],
    [tensor("features.0.weight", 9, 10, 11), tensor("classifier.bias", 12)],
  ],
  spec: sampleSpec,
  step: 10,
  epochs: sampleEpochs,
  batchLosses: Float32Array.of(2.5, Number.NaN, 1),
};

describe("checkpoint.safetensors", () => {
  test("holds the state dict alone, and comes back", () => {
    const bytes = writeCheckpointFile(checkpoint);
    expect(readCheckpointFile(bytes)).toEqual(checkpoint);
    const { tensors, metadata } = readSafetensors(bytes);
    expect(tensors).toEqual(weights);
    expect(metadata.format).toBe("pt");
  });

  test("another program's file has no specification and no step", () => {
    const bytes = writeSafetensors({ tensors: weights, metadata: { format: "pt" } });
    expect(readCheckpointFile(bytes)).toEqual({ tensors: weights, spec: null, step: null });
    expect(writeCheckpointFile({ tensors: weights, spec: null, step: null })).toEqual(bytes);
  });

  test("changed metadata is refused", () => {
    const withMetadata = (metadata: Record<string, string>) => writeSafetensors({ tensors: weights, metadata });
    expect(() => readCheckpointFile(withMetadata({ "basin.spec": "{}" }))).toThrow("model is missing.");
    expect(() => readCheckpointFile(withMetadata({ "basin.step": "-1" }))).toThrow('Its step is "-1".');
  });
});

describe("optimizer.safetensors", () => {
  const bytes = writeOptimizerFile(optimizer);

  test("comes back beside its checkpoint", () => {
    expect(readOptimizerFile(bytes, checkpoint)).toEqual(optimizer);
  });

  test("SGD's single vector, and the start of training", () => {
    const start = {
      ...optimizer,
      moments: [optimizer.moments[0]],
      step: 0,
      epochs: [],
      batchLosses: new Float32Array(0),
    };
    expect(readOptimizerFile(writeOptimizerFile(start), { ...checkpoint, step: 0 })).toEqual(start);
  });

  test("a file of another step or run is refused", () => {
    expect(() => readOptimizerFile(bytes, { ...checkpoint, step: 20 })).toThrow(
      "optimizer.safetensors: It is of step 10, and the checkpoint of step 20. Give the two files that were written together.",
    );
    expect(() => readOptimizerFile(bytes, { spec: null, step: null })).toThrow("and the checkpoint of no known step");
    const other = parseSpec({ ...sampleSpec, init: { seed: 7 } });
    expect(() => readOptimizerFile(bytes, { ...checkpoint, spec: other })).toThrow("It is of another specification");
  });

  test("a file that is something else is refused", () => {
    expect(() => readOptimizerFile(writeCheckpointFile(checkpoint), checkpoint)).toThrow(
      "Its metadata lacks the specification, the step or the epochs.",
    );
    const { tensors, metadata } = readSafetensors(bytes);
    const [first, ...rest] = tensors;
    const renamed = writeSafetensors({ tensors: [{ ...first, name: "exp_avg.x" }, ...rest], metadata });
    expect(() => readOptimizerFile(renamed, checkpoint)).toThrow(
      'Tensor "exp_avg.x" is no part of an optimiser\'s state.',
    );
    const secondOnly = writeSafetensors({ tensors: tensors.filter(({ name }) => !name.includes("s.0.")), metadata });
    expect(() => readOptimizerFile(secondOnly, checkpoint)).toThrow("is no part of an optimiser's state.");
  });
});

import type { Checkpoint } from "../../../src/experiment/checkpoint.ts";
import type { RunRecord } from "../../../src/experiment/storage/run-record.ts";
import { sampleEpochs, sampleSpec } from "../samples.ts";

export const sampleRecord: RunRecord = {
  id: "run-1",
  name: "First",
  colour: null,
  note: "",
  tags: [],
  created: "2026-01-02T03:04:05.000Z",
  spec: sampleSpec,
  status: "training",
  epochs: sampleEpochs,
};

/** A checkpoint whose every array tells its step; odd lengths, so that padding matters. */
export function sampleCheckpoint(step: number): Checkpoint {
  return {
    spec: sampleSpec,
    step,
    weights: { theta: new Float32Array(1001).fill(step), state: Float32Array.of(step, Number.NaN, -0) },
    moments: [new Float32Array(1001).fill(-step), new Float32Array(7).fill(step / 3)],
    epochs: sampleEpochs,
    batchLosses: Float32Array.from({ length: step }, (_, index) => 1 / (index + 1)),
  };
}

import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { createOpsBackend } from "../../../src/backends/tfjs/ops/backend.ts";
import { input, sum, tanh } from "../../../src/tensor/primitives/index.ts";
import { backendSuite, float32Tolerance } from "../suite.ts";

backendSuite("tfjs (cpu)", () => createOpsBackend("cpu"), float32Tolerance);

test("runs leave no tensors behind", async () => {
  const backend = await createOpsBackend("cpu");
  const tensor = backend.createTensor({ dtype: "float", shape: [8] });
  const x = input({ dtype: "float", shape: [8] });
  const program = { inputs: { x }, outputs: { x: tanh(x), total: sum(tanh(x)) } };
  const executable = await backend.compile(program, { inputs: { x: tensor }, outputs: { x: tensor } });
  const before = tf.memory().numTensors;
  await executable.run([{}, {}, {}]);
  // Other backends of this process may let go of theirs meanwhile: what counts is that there are no more.
  const after = tf.memory().numTensors;
  expect(after).toBeLessThanOrEqual(before);
  tensor.dispose();
  await backend.idle();
  expect(tf.memory().numTensors).toBeLessThan(after);
  backend.dispose();
});

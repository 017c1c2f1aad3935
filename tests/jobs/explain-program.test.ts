/** The explanation of a program against counts by hand, for a network small enough for them. */
import { describe, expect, test } from "vitest";
import { explanationText } from "../../src/cli/commands/explain.ts";
import { parseSpec } from "../../src/experiment/parse-spec.ts";
import { explainProgram } from "../../src/jobs/explain-program.ts";

const linear = parseSpec({ model: { name: "mlp", hidden: [] }, data: { source: "synthetic" } });
const convolutional = parseSpec({ model: { name: "vgg", width: 0.125 }, data: { source: "synthetic" } });
const [inputs, outputs, batchSize] = [32 * 32 * 3, 10, 4];
const options = { program: "step", batchSize, batchNorm: "frozen", device: "gpu" } as const;
const product = 2 * batchSize * inputs * outputs;

describe("a linear model's", () => {
  test("step multiplies once forward and once for the weights' gradient", () => {
    expect(explainProgram(linear, options)).toMatchObject({
      parameters: inputs * outputs + outputs,
      bilinearFlops: 2 * product,
    });
  });

  test("evaluation multiplies once, and its kernel reads images and weights and writes logits", () => {
    const explanation = explainProgram(linear, { ...options, program: "evaluation" });
    expect(explanation.bilinearFlops).toBe(product);
    // Ten columns are padded to twelve.
    const padded = 12;
    expect(explanation.kernels.filter(({ bilinearFlops }) => bilinearFlops > 0)).toMatchObject([
      {
        label: expect.stringContaining(`matmul/1×${batchSize}×${inputs}×${padded}`),
        bilinearFlops: 2 * batchSize * inputs * padded,
        readBytes: 4 * (batchSize * inputs + inputs * padded),
        writtenBytes: 4 * batchSize * padded,
      },
    ]);
  });

  test("Hessian-vector product multiplies three times: for the logits, their tangent, and the weights' part", () => {
    const { bilinearFlops } = explainProgram(linear, { ...options, program: "product" });
    expect(bilinearFlops / product).toBe(3);
  });
});

describe.each(["step", "evaluation", "gradient", "product"] as const)("a convolutional %s", (program) => {
  test.each(["gpu", "software"] as const)("adds up on a %s device", (device) => {
    const explanation = explainProgram(convolutional, { ...options, program, device });
    const { kernels, launches, pipelines, movedBytes, storedValues } = explanation;
    expect(kernels.reduce((sum, kernel) => sum + kernel.launches, 0)).toBe(launches);
    expect(kernels.reduce((sum, kernel) => sum + kernel.readBytes + kernel.writtenBytes, 0)).toBe(movedBytes);
    expect(pipelines).toBeLessThanOrEqual(launches);
    expect(storedValues).toBeGreaterThan(0);
    // Channels padded to multiples of four do more than the program asks for, never less.
    const executed = kernels.reduce((sum, { bilinearFlops }) => sum + bilinearFlops, 0);
    expect(executed).toBeGreaterThanOrEqual(explanation.bilinearFlops);
    const text = explanationText(explanation, { ...options, program, device });
    expect(text.split("\n")).toHaveLength(8 + kernels.length);
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { metricsFromCsv, metricsToCsv } from "../../src/experiment/metrics.ts";
import { sampleEpochs } from "./samples.ts";

const header = "epoch,step,learningRate,trainLoss,trainAccuracy,testLoss,testAccuracy,elapsedMs";

test("one line for each epoch, non-finite losses in words", () => {
  expect(metricsToCsv(sampleEpochs)).toBe(
    `${header}\n1,5,0.05,2.25,0.2,2.5,0.1,100.5\n2,10,1e-7,nan,0,inf,0.3333333333333333,200\n`,
  );
  expect(metricsToCsv([])).toBe(`${header}\n`);
});

test("what is written is read again", () => {
  const epoch = fc.record(
    Object.fromEntries(header.split(",").map((name) => [name, fc.double()])) as Record<
      keyof (typeof sampleEpochs)[number],
      fc.Arbitrary<number>
    >,
  );
  fc.assert(
    fc.property(fc.array(epoch), (epochs) => {
      expect(metricsFromCsv(metricsToCsv(epochs))).toEqual(epochs);
      expect(metricsFromCsv(metricsToCsv(epochs).replaceAll("\n", "\r\n"))).toEqual(epochs);
    }),
  );
});

test.each([
  ["", 'metrics.csv, line 1: The columns are "". They should be "epoch,'],
  ["epoch,loss\n1,2\n", 'The columns are "epoch,loss".'],
  [`${header}\n1,2,3\n`, 'metrics.csv, line 2: It reads "1,2,3". It should hold 8 numbers, joined by commas.'],
  [`${header}\n1,5,0.05,2.25,0.2,2.5,0.1,100\n\n`, 'metrics.csv, line 3: It reads "".'],
  [`${header}\n1,5,0.05,2.25,0.2,2.5,,100\n`, "metrics.csv, line 2"],
  [`${header}\n1,5,0.05,2.25,0.2,2.5,x,100\n`, "metrics.csv, line 2"],
])("refused: %j", (text, message) => {
  expect(() => metricsFromCsv(text)).toThrow(message);
});

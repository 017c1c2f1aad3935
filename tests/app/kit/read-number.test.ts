import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readNumber, readNumbers, readOptionalNumber } from "../../../src/app/kit/read-number.ts";
import { isInRange, type NumberRange, numberListRange, numberRange } from "../../../src/experiment/number-range.ts";
import { specSchema } from "../../../src/experiment/spec.ts";
import { surfaceViewSchema } from "../../../src/experiment/surface-view.ts";

const rate = numberRange(specSchema, "training.learningRate");
const epochs = numberRange(specSchema, "training.epochs");
const anyNumber: NumberRange = { type: "number" };

describe("a number as typed", () => {
  test.each([
    ["1e-3", 0.001],
    ["1E-3", 0.001],
    ["5e-4", 0.0005],
    ["5E−4", 0.0005],
    [" 0.05 ", 0.05],
    [".5", 0.5],
    ["+2", 2],
    ["1e1", 10],
  ])("%j is %d", (text, value) => {
    expect(readNumber(text, rate)).toEqual({ value });
  });

  test.each(["1e9", "-3", "0", "0.0", "1e-400", "1e400"])(
    "%j is out of the learning rate's range, which is told",
    (text) => {
      expect(readNumber(text, rate)).toEqual({ remedy: "Give a number above 0 to 100." });
    },
  );

  test("an empty field says what would do", () => {
    expect(readNumber("  ", epochs)).toEqual({ remedy: "Give a whole number from 0 to 10000." });
    expect(readOptionalNumber("  ", epochs)).toEqual({ value: null });
  });

  test.each(["0.5e", "e5", "1e-", "--1", "0x10", "1_000", "1 000", "Infinity", "NaN", "1.2.3", "½", "١"])(
    "%j is told to be no number",
    (text) => {
      expect(readNumber(text, anyNumber)).toMatchObject({ remedy: expect.stringMatching(/^This is not a number\. /) });
    },
  );

  test("a comma is refused with what may be meant", () => {
    expect(readNumber("1,5", rate)).toEqual({
      remedy: "Write decimals with a point, not a comma: 1.5, if that is meant. Give a number above 0 to 100.",
    });
    for (const text of ["1,000", "1.000,5", "1,2,3"]) expect(readNumber(text, anyNumber)).toHaveProperty("remedy");
  });

  test("whole numbers may be powers of ten, and are not rounded", () => {
    expect(readNumber("1e3", epochs)).toEqual({ value: 1000 });
    expect(readNumber("2.5", epochs)).toEqual({ remedy: "Give a whole number from 0 to 10000." });
  });

  test("whatever a number is written as, it is read as", () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    fc.assert(
      fc.property(finite, (value) => {
        const texts = [String(value), value.toExponential(), String(value).replace("-", "−")];
        for (const text of texts) expect(readNumber(text, anyNumber)).toEqual({ value });
      }),
    );
  });

  test("no text is read as a number outside the range, and every other has words", () => {
    const characters = fc.constantFrom(..."0123456789.,eE+-− x");
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 9 }), (text) => {
        const reading = readNumber(text, rate);
        if ("value" in reading) expect(isInRange(reading.value, rate)).toBe(true);
        else expect(reading.remedy).toMatch(/Give .*\.$/);
      }),
      { numRuns: 2000 },
    );
  });

  test("a text with a comma is never a number", () => {
    const digits = fc.string({ unit: fc.constantFrom(..."0123456789."), maxLength: 4 });
    fc.assert(
      fc.property(digits, digits, (before, after) => {
        expect(readNumber(`${before},${after}`, anyNumber)).toHaveProperty("remedy");
      }),
    );
  });
});

describe("several numbers", () => {
  const hidden = numberListRange(specSchema, "model.hidden", { model: { name: "mlp" } });
  const stepAt = numberListRange(specSchema, "training.stepAt");

  test("stand apart by commas or blanks", () => {
    expect(readNumbers("256, 1e2 64", hidden)).toEqual({ value: [256, 100, 64] });
    expect(readNumbers("", hidden)).toEqual({ value: [] });
  });

  test.each(["256, x", "0", "1.5", "9000", Array(17).fill(8).join()])("%j says what a layer may have", (text) => {
    expect(readNumbers(text, hidden)).toEqual({
      remedy: "Give a list of at most 16 entries, each a whole number from 1 to 8192.",
    });
  });

  test("decimals with a comma do not pass as two fractions", () => {
    expect(readNumbers("0,5, 0,75", stepAt)).toHaveProperty("remedy");
    expect(readNumbers("0.5, 0.75", stepAt)).toEqual({ value: [0.5, 0.75] });
  });
});

describe("ranges are the schemas' own", () => {
  test("of a field, of one of several alternatives, of an entry", () => {
    expect(rate).toMatchObject({ type: "number", exclusiveMinimum: 0, maximum: 100 });
    expect(numberRange(specSchema, "model.width", { model: { name: "vgg" } })).toMatchObject({ minimum: 0.125 });
    expect(numberRange(surfaceViewSchema, "alpha.count")).toMatchObject({ type: "integer", minimum: 1, maximum: 1001 });
  });

  test("a place without numbers is refused", () => {
    expect(() => numberRange(specSchema, "training.optimizer")).toThrow(/not a number/);
    expect(() => numberRange(specSchema, "training.nothing")).toThrow(/not in its schema/);
  });
});

import { expect, it } from "vitest";
import { resultFromJson } from "../../src/experiment/run-folder-results.ts";
import { sharpnessToCsv, sharpnessToJson } from "../../src/experiment/sharpness-files.ts";
import { sampleResults } from "./storage/sample-results.ts";

const { sharpness } = sampleResults;

it("is a table of a line for each measure, empty where a worst case has no error", () => {
  expect(sharpnessToCsv(sharpness.figures)).toBe(
    [
      "kind,radius,value,standardError,done,status",
      `adaptive-average,0.1,${1 / 3},nan,1,complete`,
      "adaptive-worst,0.5,-0.001,,10,complete",
      "plain-worst,0.05,nan,,2,non-finite",
      "",
    ].join("\n"),
  );
});

it("comes back from its document, an average's unknown error apart from a worst case's none", () => {
  expect(resultFromJson("sharpness", sharpnessToJson(sharpness), "run")).toEqual(sharpness);
});

it("is refused where a measure is none, naming the file", () => {
  const text = sharpnessToJson(sharpness).replaceAll("plain-worst", "flat");
  expect(() => resultFromJson("sharpness", text, "run")).toThrow(/run, sharpness\.json/);
});

/** What Basin knows of a data set stands in its folder under src/data/sets, and nowhere else. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { dataSetFacts, dataSetIds, factsOf } from "../../src/data/sets/facts.ts";
import { dataSetOf, dataSets } from "../../src/data/sets/sets.ts";

/** What was published was published of one set in particular. */
const published = /^src\/app\/stores\/settings\/(preset|published-presets)\.ts$/;

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|(?<![:"'`])\/\/.*$/gm, "");
const sources = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "src", "workers"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("src/data/sets/") && !published.test(path));

/** Lines of the code that the pattern is found in, with their files. */
const found = (pattern: RegExp) =>
  sources.flatMap((path) =>
    withoutComments(readFileSync(path, "utf8"))
      .split("\n")
      .filter((line) => pattern.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );

describe("outside its folder", () => {
  it("nothing names a data set", () => {
    const names = dataSetFacts.flatMap(({ id, title, shortTitle }) => [id, title, shortTitle]);
    expect(found(new RegExp(`["'\`](${names.join("|")})["'\`]|CIFAR-10`))).toEqual([]);
  });

  it("nothing writes the number of a set's images, or their size", () => {
    expect(found(/\b(5|6)0_?000\b|\b3_?07[23]\b|\b32 \* 32\b|\b(width|height): 32\b|\bchannels: 3\b/)).toEqual([]);
  });
});

describe("the list", () => {
  it("gives each set a reader that fits its facts", () => {
    expect(dataSets.map(({ facts }) => facts.id)).toEqual(dataSetIds);
    for (const { facts, reader } of dataSets) expect(facts.files !== undefined).toBe(reader.kind === "files");
  });

  it("has sound facts", () => {
    expect(new Set(dataSetIds).size).toBe(dataSetIds.length);
    for (const id of dataSetIds) {
      const { image, classNames, counts, pixelNormalization, files } = factsOf(id);
      expect(id).toMatch(/^[a-z0-9]{1,32}$/);
      expect(new Set(classNames).size).toBe(classNames.length);
      expect(Math.min(image.width, image.height, counts.train, counts.test)).toBeGreaterThan(0);
      expect([pixelNormalization.mean.length, pixelNormalization.std.length]).toEqual([image.channels, image.channels]);
      for (const source of files?.sources ?? [])
        for (const file of source.files) expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it("begins with a set that needs no files", () => expect(dataSetFacts[0]).not.toHaveProperty("files"));

  it("says what it has where a set is not in it", () => {
    for (const find of [factsOf, dataSetOf])
      expect(() => find("mnist")).toThrow('There is no data set "mnist"; there are synthetic, cifar10.');
  });
});

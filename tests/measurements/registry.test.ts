/** What Basin knows of a measurement stands in its own files and in the lists, and nowhere else. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { measurementViews } from "../../src/app/spectrum/measurements/list.ts";
import { streamedMeasurements, streamedNames } from "../../src/app/stores/measurements/list.ts";
import { decodeSettings, encodeSettings } from "../../src/app/stores/settings/link.ts";
import { defaultSettings } from "../../src/app/stores/settings/settings.ts";
import { createProgram } from "../../src/cli/program.ts";
import { resultFileNames } from "../../src/cli/result-files.ts";
import { keptMeasurements, resultNames } from "../../src/experiment/measurements/list.ts";
import { jobTable } from "../../src/jobs/job-table.ts";
import { sampleResults } from "../experiment/storage/sample-results.ts";

/** Where one may be named: its own files, its job, its command, and what is made of one measurement in particular. */
const places = [
  /^src\/experiment\/(measurements\/|[a-z]+-files\.ts)/,
  /^src\/app\/stores\/measurements\//,
  /^src\/app\/spectrum\/measurements\//,
  /^src\/jobs\//,
  /^src\/cli\/measurements\//,
  // The table of compared runs has columns of its own choice, and what it measures for them is kept.
  /^src\/app\/stores\/compare\/curvature\.ts/,
  /^src\/app\/compare\/values-table\.ts/,
  /^src\/experiment\/storage\/stored-comparisons\.ts/,
  // Layers of a network, not of this measurement.
  /^src\/architectures\//,
];

/** Surfaces, Compare and the command line ask for eigenpairs too, and a page has their name. */
const names = streamedNames.filter((name) => name !== "spectrum");
const sources = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "src", "workers"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((path) => /\.tsx?$/.test(path) && !places.some((place) => place.test(path)));

it("is named in no other file", () => {
  const pattern = new RegExp(`["'\`](${names.join("|")})["'\`]|\\bmeasurements\\.(${names.join("|")})\\b`);
  const found = sources.flatMap((path) =>
    readFileSync(path, "utf8")
      .split("\n")
      .filter((line) => pattern.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

describe("a measurement", () => {
  it.each(resultNames)(
    "%s has a job on the evaluation lane, a command told of, a sample and a file of its own",
    (name) => {
      expect(jobTable[name].lanes).toEqual(["evaluation"]);
      const command = createProgram({
        openSession: () => Promise.reject(new Error("Not here.")),
        finish: () => {},
      }).commands.find((known) => known.name() === name);
      const guide = readFileSync("docs/cli.md", "utf8");
      expect(guide).toContain(`\n## ${name}\n`);
      for (const { long } of command?.options ?? []) expect(guide).toContain(long);
      for (const file of resultFileNames(name)) expect(guide).toContain(`\`${file}\``);
      expect(keptMeasurements[name].toJson(sampleResults[name] as never)).toContain(`"format": "basin-${name}"`);
    },
  );

  it.each(streamedNames)("%s has a section, a figure and words of the page", (name) => {
    const { label, panel, problem, rules = [] } = streamedMeasurements[name];
    expect([label, panel.title].every((text) => text !== "")).toBe(true);
    const view = measurementViews[name];
    expect([typeof view.Section, typeof view.Figure]).toEqual(["function", "function"]);
    const own = defaultSettings.spectrum[name];
    expect(panel.labels(own as never).length).toBeGreaterThan(0);
    expect(problem?.(own as never, { examples: 100, dimension: 100 }) ?? null).toBeNull();
    for (const { check } of rules) expect(check(own as never)).toBeNull();
  });
});

describe("the lists", () => {
  it("agree: what streams is kept, and has a job", () => {
    for (const name of streamedNames) {
      expect(resultNames).toContain(name);
      expect(jobTable).toHaveProperty(name);
    }
  });

  it("give every measurement settings under its id, and keys of its own", () => {
    const keys = streamedNames.flatMap((name) => streamedMeasurements[name].fields.map(({ key }) => key));
    expect(new Set(keys).size).toBe(keys.length);
    for (const name of streamedNames) {
      expect(defaultSettings.spectrum[name]).toEqual(streamedMeasurements[name].schema.parse(undefined));
      for (const { paths } of streamedMeasurements[name].fields)
        for (const path of paths) expect(path.startsWith(`${name}.`)).toBe(true);
    }
  });
});

describe("sharpness in a link", () => {
  const sharpness = {
    kinds: ["filter-average" as const, "plain-worst" as const],
    radii: { ...defaultSettings.spectrum.sharpness.radii, "plain-worst": 0.2 },
    draws: 7,
    steps: 3,
  };

  it("comes back", () => {
    const settings = { ...defaultSettings, spectrum: { ...defaultSettings.spectrum, sharpness } };
    const link = encodeSettings(settings);
    for (const part of ["sharpness=filter-average,plain-worst", "plainWorstRadius=0.2", "sharpnessDraws=7"])
      expect(decodeURIComponent(link)).toContain(part);
    expect(decodeSettings(link).spectrum.sharpness).toEqual(sharpness);
  });

  it("is refused where a kind or a radius is none", () => {
    expect(() => decodeSettings("#sharpness=flat")).toThrow(/sharpness/);
    expect(() => decodeSettings("#plainWorstRadius=-1")).toThrow(/plainWorstRadius/);
  });

  it("measures each kind once, with its own radius and count", () => {
    const view = { ...defaultSettings.spectrum, seed: 4, subset: "test" as const };
    const asked = { ...sharpness, kinds: ["plain-worst" as const, "filter-average" as const, "plain-worst" as const] };
    expect(streamedMeasurements.sharpness.params(asked, view, 100).request).toEqual({
      subset: "test",
      batchNorm: "frozen",
      measures: [
        { kind: "filter-average", radius: 0.1, count: 7 },
        { kind: "plain-worst", radius: 0.2, count: 3 },
      ],
      seed: 4,
    });
  });
});

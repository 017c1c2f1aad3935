import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { architectures } from "../../src/architectures/specs.ts";
import { parseSpec } from "../../src/experiment/parse-spec.ts";
import { SpecError } from "../../src/experiment/spec-error.ts";
import { surfaceViewSchema } from "../../src/experiment/surface-view.ts";
import { decodeSections, encodeSection, type UrlSection } from "../../src/experiment/url/url-codec.ts";
import { textField } from "../../src/experiment/url/url-field.ts";
import { defaultSpec, specSection, surfaceSection } from "../../src/experiment/url/url-sections.ts";
import { anySpec, anySurfaceView } from "./arbitraries.ts";

const sections = { spec: specSection, surface: surfaceSection };
const decode = (query: string) => decodeSections(query, sections);

function complaints(query: string): string[] {
  try {
    decode(query);
  } catch (error) {
    if (error instanceof SpecError) return error.problems.map(({ what, remedy }) => `${what} ${remedy}`);
    throw error;
  }
  return [];
}

describe("round trip", () => {
  test("every specification and surface comes back from its link, as query or fragment", () => {
    fc.assert(
      fc.property(anySpec, anySurfaceView, fc.constantFrom("", "?", "#"), (spec, surface, prefix) => {
        const link = [encodeSection(specSection, spec), encodeSection(surfaceSection, surface)]
          .filter(Boolean)
          .join("&");
        expect(decode(prefix + link)).toEqual({ spec, surface });
      }),
      { numRuns: 300 },
    );
  });

  test("links need no escapes", () => {
    fc.assert(
      fc.property(anySpec, anySurfaceView, (spec, surface) => {
        const link = `${encodeSection(specSection, spec)}&${encodeSection(surfaceSection, surface)}`;
        expect(link).toMatch(/^[\w.,:=&-]*(%2B[\w.,:=&-]*)*$/);
      }),
    );
  });

  test("an empty link stands for the defaults, and the defaults for an empty link", () => {
    const surface = surfaceViewSchema.parse({});
    expect(decode("")).toEqual({ spec: defaultSpec, surface });
    expect(decode("#")).toEqual({ spec: defaultSpec, surface });
    expect(encodeSection(specSection, defaultSpec)).toBe("");
    expect(encodeSection(surfaceSection, surface)).toBe("");
  });

  test("only what differs from the default is written, in plain words", () => {
    const spec = parseSpec({
      model: { name: "mlp", hidden: [] },
      data: { source: "cifar10", path: "/home/someone/cifar", train: { count: 500, select: "balanced" }, test: {} },
      init: { scheme: "gaussian" },
      training: { optimizer: "adam", learningRate: 1e-3, stepAt: [0.3, 0.6], seed: 0 },
    });
    expect(encodeSection(specSection, spec)).toBe(
      "model=mlp&hidden=&data=cifar10&train=500&test=all&init=gaussian&optimizer=adam&learningRate=0.001&stepAt=0.3,0.6&trainingSeed=0",
    );
    const surface = surfaceViewSchema.parse({
      y: null,
      normalization: "layer",
      alpha: { min: -0.5, max: 1.5 },
      beta: { count: 21 },
    });
    expect(encodeSection(surfaceSection, surface)).toBe("y=none&normalize=layer&grid=51x21&range=-0.5:1.5,-1:1");
  });

  test("a place on the sender's disk is never in a link", () => {
    const spec = parseSpec({ model: { name: "vgg", depth: 11 }, data: { source: "cifar10", path: "/home/someone" } });
    expect(encodeSection(specSection, spec)).toBe("data=cifar10");
    expect(complaints("data=cifar10&path=/home/someone")[0]).toMatch(/^path is not a known key\./);
  });
});

describe("what is wrong, in the link's own words", () => {
  test.each([
    ["epochs=-1", "epochs is -1. Give a whole number from 0 to 10000, or leave it out for 20."],
    ["width=0", "width is 0. Give a number from 0.125 to 2, or leave it out for 1."],
    ["width=1e", 'width is "1e". Give a number from 0.125 to 2'],
    ["width=0x1", 'width is "0x1".'],
    ["width=", 'width is "". Give a number'],
    ["width= 1", 'width is " 1". Give a number'],
    ["learningRate=Infinity", 'learningRate is "Infinity". Give a number above 0 to 100'],
    ["train=none", 'train is "none". Give a whole number from 1 to 60000.'],
    ["nesterov=yes", 'nesterov is "yes". Give true or false'],
    ["hidden=1,,2&model=mlp", 'hidden[1] is "". Give a whole number from 1 to 8192.'],
    ["model=alexnet", 'model is "alexnet". Give one of "vgg", '],
    ["model=mlp&width=1", "width is not a known field."],
    ["std=1", 'std is 1. Leave it out, since he-normal sets its own, or set init to "gaussian".'],
    ["batchSize=2000", "batchSize is 2000. Give at most 1000, the value of train, or train on more images."],
    ["warmupEpochs=30", "warmupEpochs is 30. Give at most 20, the value of epochs, or train for longer."],
    ["epoch=3", "epoch is not a known key. Did you mean epochs?"],
    ["epochs=3&epochs=4", "epochs is given twice. Keep one of the two."],
    [
      "x=random:-1",
      'x is "random:-1". Give random:SEED with a whole number from 0 to 4294967295, eigen:N, pca:1 or pca:2, or file:PATH.',
    ],
    [
      "x=file:D.safetensors",
      'x is "file:D.safetensors". Give random:SEED, eigen:N or pca:N: a link can\'t carry a file.',
    ],
    ["x=none", 'x is "none". Give random:SEED'],
    ["grid=0x5", 'grid is "0x5". Give COLUMNSxROWS, each from 1 to 1001, such as 21x21.'],
    ["range=1:-1", 'range is "1:-1". Give MIN:MAX'],
    ["normalize=filters", 'normalize is "filters". Give one of "filter", "layer"'],
    ["statistics=live", 'statistics is "live". Give one of "frozen", "batch", "reestimated"'],
  ])("%s", (query, message) => {
    const found = complaints(query);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
  });

  test("everything at once", () => {
    expect(complaints("?epochs=-1&grid=x&colour=red&width=9").map((text) => text.split(" ")[0])).toEqual([
      "colour",
      "width",
      "epochs",
      "grid",
    ]);
  });

  test("whatever the text, the answer is settings or a SpecError", () => {
    const key = fc.constantFrom(...[...specSection.fields, ...surfaceSection.fields].map((field) => field.key));
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom("1", "-1", "random:3", "all", "none", "true", "mlp", "1,2", "%"),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(key, text), { maxLength: 5 }), (pairs) => {
        const query = pairs.map((pair) => pair.join("=")).join("&");
        try {
          expect(architectures.map(({ name }) => name)).toContain(decode(query).spec.model.name);
        } catch (error) {
          expect(error).toBeInstanceOf(SpecError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

test("another part of the page can add a section of its own", () => {
  const colours: UrlSection<{ map: string }> = {
    schema: z.strictObject({ map: z.enum(["viridis", "cividis"]).default("viridis") }),
    rules: [],
    start: {},
    choices: [],
    fields: [textField("colours", "map")],
  };
  const both = { ...sections, colours };
  expect(decodeSections("colours=cividis&width=0.5", both).colours).toEqual({ map: "cividis" });
  expect(decodeSections("colours=cividis&width=0.5", both).spec.model).toMatchObject({ width: 0.5 });
  expect(() => decodeSections("colours=jet", both)).toThrow('colours is "jet". Give one of "viridis", "cividis"');
  expect(encodeSection(colours, { map: "cividis" })).toBe("colours=cividis");
});

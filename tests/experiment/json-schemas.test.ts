import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { schemaTexts } from "../../src/experiment/json-schemas.ts";

const folder = new URL("../../public/schema/", import.meta.url);

test("the published schemas are those of the code (else run scripts/write-schemas.ts)", () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(schemaTexts));
  for (const [name, text] of Object.entries(schemaTexts)) {
    expect(readFileSync(new URL(name, folder), "utf8")).toBe(text);
  }
});

test("the specification's refuses unknown fields and needs a model and a data source", () => {
  const schema = JSON.parse(schemaTexts["spec.json"]);
  expect(schema.required).toEqual(["model", "data"]);
  expect(schema.additionalProperties).toBe(false);
  expect(schema.properties.training.additionalProperties).toBe(false);
  expect(schema.properties.training.properties.epochs).toEqual({
    default: 20,
    type: "integer",
    minimum: 0,
    maximum: 10_000,
  });
});

test("the sweep's holds the specification's as its base, and needs base and axes", () => {
  const [spec, sweep] = ["spec.json", "sweep.json"].map((name) => JSON.parse(schemaTexts[name]));
  expect(sweep.required).toEqual(["base", "axes"]);
  expect(sweep.additionalProperties).toBe(false);
  expect(sweep.properties.base.properties).toEqual(spec.properties);
  expect(sweep.properties.axes.properties.seed.items).toEqual({ type: "integer", minimum: 0, maximum: 4_294_967_295 });
  expect(sweep.properties.axes.properties.seed.maxItems).toBe(32);
});

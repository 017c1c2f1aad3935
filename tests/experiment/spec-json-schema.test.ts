import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { specJsonSchemaText } from "../../src/experiment/spec-json-schema.ts";

test("the published schema is that of the code (else run scripts/write-spec-schema.ts)", () => {
  const published = readFileSync(new URL("../../public/schema/spec.json", import.meta.url), "utf8");
  expect(published).toBe(specJsonSchemaText());
});

test("the published schema refuses unknown fields and needs a model and a data source", () => {
  const schema = JSON.parse(specJsonSchemaText());
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

/** The published JSON schema of the specification: what public/schema/spec.json holds. */
import { z } from "zod";
import { specSchema } from "./spec.ts";

/** Written by scripts/write-spec-schema.ts; a test compares it with the published file. */
export function specJsonSchemaText(): string {
  const { $schema, ...schema } = z.toJSONSchema(specSchema, { io: "input" });
  const description =
    "One run of Basin, repeatable exactly. Fields left out take the defaults given here; descriptions say what joins two fields.";
  return `${JSON.stringify({ $schema, title: "Basin experiment specification", description, ...schema }, null, 2)}\n`;
}

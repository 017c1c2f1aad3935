/** The published JSON schemas: what public/schema/spec.json and sweep.json hold. Written by scripts/write-schemas.ts. */
import { z } from "zod";
import { specSchema } from "./spec.ts";
import { sweepSchema } from "./sweep.ts";

/** Their texts by the files' names; a test compares them with the published files. */
export const schemaTexts: Readonly<Record<string, string>> = {
  "spec.json": textOf(
    specSchema,
    "Basin experiment specification",
    "One run of Basin, repeatable exactly. Fields left out take the defaults given here; descriptions say what joins two fields.",
  ),
  "sweep.json": textOf(
    sweepSchema,
    "Basin sweep",
    "A specification and a grid of changes to it: every combination is a run. Fields left out take the defaults given here.",
  ),
};

function textOf(schema: z.ZodType, title: string, description: string): string {
  const { $schema, ...fields } = z.toJSONSchema(schema, { io: "input" });
  return `${JSON.stringify({ $schema, title, description, ...fields }, null, 2)}\n`;
}

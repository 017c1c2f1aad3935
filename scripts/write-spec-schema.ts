/** Writes public/schema/spec.json from the zod schema: `npx tsx scripts/write-spec-schema.ts` after changing spec.ts. */
import { mkdirSync, writeFileSync } from "node:fs";
import { specJsonSchemaText } from "../src/experiment/spec-json-schema.ts";

const folder = new URL("../public/schema/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("spec.json", folder), specJsonSchemaText());

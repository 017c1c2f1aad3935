/** Writes public/schema/*.json from the zod schemas: `npx tsx scripts/write-schemas.ts` after changing spec.ts or sweep.ts. */
import { writeFileSync } from "node:fs";
import { schemaTexts } from "../src/experiment/json-schemas.ts";

const folder = new URL("../public/schema/", import.meta.url);
for (const [name, text] of Object.entries(schemaTexts)) writeFileSync(new URL(name, folder), text);
